module mkcoa.test/launcher

go 1.26
