//! Pages of Parquet, compressed.
//!
//! Polars would set up the state of Zstandard, a megabyte, anew for every page, and clear memory for
//! the longest result; a thread keeps both here.

use std::cell::RefCell;
use std::io;

use polars::prelude::PolarsResult;
use polars_parquet::parquet::CowBuffer;
use polars_parquet::parquet::compression::Compression;
use polars_parquet::parquet::page::CompressedDictPage;
use polars_parquet::write::{CompressedDataPage, CompressedPage, Page};
use zstd::bulk::Compressor;

/// Level of Zstandard: the higher ones cost time and save little on such columns.
pub(super) const LEVEL: i32 = 1;

/// What a thread compresses with, and memory for the result.
type Packer = (Compressor<'static>, Vec<u8>);

thread_local! {
    static PACKER: RefCell<Option<Packer>> = const { RefCell::new(None) };
}

/// The page, compressed by Zstandard.
pub(super) fn packed(page: Page) -> PolarsResult<CompressedPage> {
    Ok(match page {
        Page::Data(page) => {
            let bytes = CowBuffer::Owned(zstandard(page.buffer())?);
            let rows = page.num_rows.unwrap_or_else(|| page.num_values());
            let (header, length) = (page.header().clone(), page.buffer().len());
            let kind = Compression::Zstd;
            let page = CompressedDataPage::new(header, bytes, kind, length, page.descriptor, rows);
            CompressedPage::Data(page)
        }
        Page::Dict(page) => {
            let bytes = CowBuffer::Owned(zstandard(&page.buffer)?);
            let length = page.buffer.len();
            CompressedPage::Dict(CompressedDictPage::new(
                bytes,
                Compression::Zstd,
                length,
                page.num_values,
                page.is_sorted,
            ))
        }
    })
}

fn zstandard(bytes: &[u8]) -> io::Result<Vec<u8>> {
    PACKER.with_borrow_mut(|packer| {
        let (compressor, room) = match packer {
            Some(packer) => packer,
            None => packer.insert((Compressor::new(LEVEL)?, Vec::new())),
        };
        room.clear();
        room.reserve(zstd::zstd_safe::compress_bound(bytes.len()));
        compressor.compress_to_buffer(bytes, room)?;
        Ok(room.clone())
    })
}
