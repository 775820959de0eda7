//! Columns whose values come in runs, such as the ids of threads, as dictionaries.
//!
//! A dictionary is usually found by looking up every value; of a run only the first is new.

use polars_arrow::array::{Array, DictionaryArray, PrimitiveArray, Utf8ViewArray};
use polars_arrow::datatypes::{ArrowDataType, IntegerType};

/// The column as a dictionary of its runs; `None` if it is no text, has nulls, or if most runs are
/// as short as one value.
pub(super) fn dictionary(array: &dyn Array) -> Option<DictionaryArray<u32>> {
    let texts = array.as_any().downcast_ref::<Utf8ViewArray>()?;
    if texts.null_count() > 0 {
        return None;
    }
    let mut values: Vec<&str> = Vec::new();
    let keys = texts.values_iter().map(|text| {
        if values.last() != Some(&text) {
            values.push(text);
        }
        values.len() as u32 - 1
    });
    let keys = PrimitiveArray::from_vec(keys.collect());
    if values.len() > texts.len() / 2 {
        return None;
    }
    let values = Utf8ViewArray::from_slice_values(values);
    let of_texts = Box::new(ArrowDataType::Utf8View);
    let kind = ArrowDataType::Dictionary(IntegerType::UInt32, of_texts, false);
    DictionaryArray::try_new(kind, keys, values.boxed()).ok()
}
