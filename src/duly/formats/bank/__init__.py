"""Bank files: camt.052/053/054, MT940/942, BAI2, OFX and CSV, read by content into statements."""
