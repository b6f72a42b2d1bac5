/**
 * Scores the product on acceptance data that others wrote: `npm run grade -- SET [--data DIR] [--json]`. DIR is the set's folder, or
 * one that holds a folder named after the set; without it the shared data are read. A case that cannot be read is a miss. Exits 0
 * whatever the score: it measures, tests judge; and 1, with what to do, where there is nothing to grade. `--json` says that as JSON too.
 * Of the requests, `--family NAME` or `--id ID` asks a part, and `--real` asks on a real control plane. Of the faults, `--only NAME[,NAME]`
 * plays a part, `--no-fix` leaves the remedies out, and `--verify` proves the cases themselves.
 */
import {join} from 'node:path';
import {parseArgs} from 'node:util';
import {setFolder} from './case-files.ts';
import {gradeReport, gradeText} from './grade-text.ts';
import {gradeSets} from './sets.ts';

const inJson = process.argv.includes('--json');

async function main() {
	const {values, positionals} = parseArgs({
		allowPositionals: true,
		options: {
			data: {type: 'string'},
			json: {type: 'boolean', default: false},
			family: {type: 'string'},
			id: {type: 'string'},
			real: {type: 'boolean', default: false},
			only: {type: 'string'},
			'no-fix': {type: 'boolean', default: false},
			verify: {type: 'boolean', default: false},
		},
	});
	const [name = '', ...more] = positionals;
	const set = Object.hasOwn(gradeSets, name) ? gradeSets[name] : undefined;
	if (set === undefined || more.length > 0) {
		throw new Error(`expected one of ${Object.keys(gradeSets).join(', ')} but got ${positionals.join(' ') || 'nothing'}`);
	}
	const shared = process.env.MKCOA_SHARED ?? join(import.meta.dirname, '../../../shared');
	const folder = setFolder(values.data ?? set.home ?? join(shared, 'data'), set.folder);
	const grade = await set.grade(folder, {
		...{family: values.family, id: values.id, isReal: values.real},
		...{only: values.only?.split(','), isFixed: !values['no-fix'], isVerified: values.verify},
	});
	if (grade.total === 0) throw new Error(`there is no case of ${name} in ${folder}. It has to hold ${set.holds}, in it or below it`);
	process.stdout.write(`${inJson ? JSON.stringify(gradeReport(name, grade), null, '\t') : gradeText(name, grade)}\n`);
}

try {
	await main();
} catch (error) {
	const what = error instanceof Error ? error.message : String(error);
	if (inJson) process.stdout.write(`${JSON.stringify({error: what})}\n`);
	process.stderr.write(`grade: ${what}\n`);
	process.exitCode = 1;
}
