//! Tests of the team workbook.
