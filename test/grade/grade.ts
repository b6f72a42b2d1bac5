/**
 * Scores the product on acceptance data that others wrote: `npm run grade -- SET [--data DIR] [--json]`. DIR is the set's folder, or
 * one that holds a folder named after the set; without it the shared data are read. Exits 0 whatever the score: it measures, tests judge.
 */
import {join} from 'node:path';
import {parseArgs} from 'node:util';
import {setFolder} from './case-files.ts';
import {gradeReport, gradeText} from './grade-text.ts';
import {gradeSets} from './sets.ts';

async function main() {
	const {values, positionals} = parseArgs({
		allowPositionals: true,
		options: {data: {type: 'string'}, json: {type: 'boolean', default: false}},
	});
	const [name = '', ...more] = positionals;
	const set = Object.hasOwn(gradeSets, name) ? gradeSets[name] : undefined;
	if (set === undefined || more.length > 0) {
		throw new Error(`expected one of ${Object.keys(gradeSets).join(', ')} but got ${positionals.join(' ') || 'nothing'}`);
	}
	const shared = process.env.MKCOA_SHARED ?? join(import.meta.dirname, '../../../shared');
	const grade = await set.grade(setFolder(values.data ?? join(shared, 'data'), set.folder));
	process.stdout.write(`${values.json ? JSON.stringify(gradeReport(name, grade), null, '\t') : gradeText(name, grade)}\n`);
}

try {
	await main();
} catch (error) {
	process.stderr.write(`grade: ${error instanceof Error ? error.message : String(error)}\n`);
	process.exitCode = 1;
}
