//! Columns of lists as Parquet pages.
//!
//! Whatever the nesting, Polars finds the levels of every value by an iterator, and walks it anew
//! for each of them: a tenth of what a dump costs. Lists without nulls, which ours are, need one
//! look at the offsets.
//!
//! Levels: <https://parquet.apache.org/docs/file-format/nestedencoding/>.

use polars::prelude::PolarsResult;
use polars_arrow::array::{Array, ListArray};
use polars_parquet::parquet::CowBuffer;
use polars_parquet::parquet::encoding::hybrid_rle::encode;
use polars_parquet::parquet::page::{DataPage, DataPageHeader, DataPageHeaderV1};
use polars_parquet::parquet::schema::Repetition;
use polars_parquet::write::{
    Encoding, Nested, Page, ParquetType, WriteOptions, array_to_page, to_parquet_leaves,
};

/// The page of a column of lists; `None` if it is no such column, or holds nulls.
pub(super) fn page(
    array: &dyn Array,
    kind: &ParquetType,
    options: WriteOptions,
) -> PolarsResult<Option<Page>> {
    let Some(lists) = array.as_any().downcast_ref::<ListArray<i64>>() else { return Ok(None) };
    let Some(mut leaf) = to_parquet_leaves(kind.clone()).pop() else { return Ok(None) };
    let offsets = lists.offsets();
    let values = lists.values().sliced(*offsets.first() as usize, offsets.range() as usize);
    if lists.null_count() + values.null_count() > 0 {
        return Ok(None);
    }
    // The values are written as if no list held them, and then their levels before them.
    leaf.field_info.repetition = Repetition::Required;
    let flat = [Nested::primitive(None, false, values.len())];
    let plain = array_to_page(&*values, leaf, &flat, options, Encoding::Plain)?;
    let Page::Data(plain) = plain else { return Ok(None) };
    let DataPageHeader::V1(header) = plain.header().clone() else { return Ok(None) };
    let (repetitions, definitions) = levels(offsets.lengths());
    let header = DataPageHeaderV1 { num_values: repetitions.len() as i32, ..header };
    let mut buffer = Vec::with_capacity(plain.buffer().len() + repetitions.len());
    append(&mut buffer, repetitions, 1)?;
    append(&mut buffer, definitions, 2)?;
    buffer.extend_from_slice(plain.buffer());
    let header = DataPageHeader::V1(header);
    let page = DataPage::new(header, CowBuffer::Owned(buffer), plain.descriptor, lists.len());
    Ok(Some(Page::Data(page)))
}

/// By value, whether it goes on with a list (1) or begins one (0), and what there is: an empty list
/// (1) or a value (3); 0 and 2 are nulls.
fn levels(lengths: impl Iterator<Item = usize>) -> (Vec<u32>, Vec<u32>) {
    let (mut repetitions, mut definitions) = (Vec::new(), Vec::new());
    for length in lengths {
        repetitions.push(0);
        definitions.push(if length == 0 { 1 } else { 3 });
        for _ in 1..length {
            repetitions.push(1);
            definitions.push(3);
        }
    }
    (repetitions, definitions)
}

/// Appends levels behind their length.
fn append(buffer: &mut Vec<u8>, levels: Vec<u32>, bits: u32) -> PolarsResult<()> {
    let start = buffer.len();
    buffer.extend_from_slice(&[0; 4]);
    encode::<u32, _, _>(buffer, levels.into_iter(), bits)?;
    let length = (buffer.len() - start - 4) as u32;
    buffer[start..start + 4].copy_from_slice(&length.to_le_bytes());
    Ok(())
}
