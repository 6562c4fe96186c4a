"""Tables as files: CSV and XLSX read as numbered rows; CSV, XLSX and Parquet written with typed columns."""
