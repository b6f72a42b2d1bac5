/** Makes the generated files; with `--check` it only says which are stale. Generators register in this list. */
const generators: readonly {readonly file: string; readonly content: () => string}[] = [];

import {readFileSync, writeFileSync} from 'node:fs';

const check = process.argv.includes('--check');
const stale = generators.filter(({file, content}) => readFileSync(file, 'utf8') !== content());
for (const {file, content} of stale) {
	if (check) process.stderr.write(`${file} is stale: run npm run generate\n`);
	else writeFileSync(file, content());
}
if (check && stale.length > 0) process.exitCode = 1;
