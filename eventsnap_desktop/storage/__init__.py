"""Photo bytes in an S3 bucket or a folder, and the import of files, folders and ZIPs into them."""
