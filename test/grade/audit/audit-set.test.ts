import {existsSync} from 'node:fs';
import {mkdir, writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import {expect, test} from 'vitest';
import {detections} from '../../../src/analysis/audit-log/all-rules.ts';
import {temporaryFolder} from '../../support/temporary-folder.ts';
import {auditSet} from './audit-set.ts';
import {foreignRules} from './foreign-rules.ts';

const folder = join(process.env.MKCOA_SHARED ?? join(import.meta.dirname, '../../../../shared'), 'data/security/audit-log');

// The acceptance data are not part of the project; where they are absent this counts as skipped.
test.runIf(existsSync(folder))('fires, and stays silent, in all of the cases that others wrote', async () => {
	const {right, total, misses} = await auditSet(folder);
	expect(misses).toEqual([]);
	expect(right).toBe(total);
});

test('every rule of others stands for a detection that there is', () => {
	expect(Object.values(foreignRules).filter(({detection}) => !detections.has(detection))).toEqual([]);
});

test('a rule that nobody knows, and one that fires too often, are misses', async () => {
	const own = await temporaryFolder();
	await mkdir(join(own, 'traces'));
	const event = {
		...{auditID: 'a', level: 'Metadata', stage: 'ResponseComplete', verb: 'create', requestReceivedTimestamp: '2026-01-01T00:00:00Z'},
		...{user: {username: 'ada'}, objectRef: {resource: 'namespaces', name: 'new'}, responseStatus: {code: 201}},
	};
	await writeFile(join(own, 'traces/one.jsonl'), `${JSON.stringify(event)}\n`);
	const row = {trace: 'traces/one.jsonl', detect: true};
	await writeFile(
		join(own, 'index.json'),
		JSON.stringify([
			{case: 'right', ...row, counts: {'K8s Namespace Created': 1, 'Disallowed K8s User': 1}},
			{case: 'too few', ...row, counts: {'K8s Namespace Created': 2}},
			{case: 'strange', ...row, counts: {'No Such Rule': 1}},
			{case: 'not silent', ...row, detect: false, settings: {activityRules: false, allowUsers: ['ada']}},
			{case: 'silent', ...row, detect: false, settings: {activityRules: false, allowUsers: ['ada'], allowNamespaces: ['new']}},
		]),
	);
	const {right, total, misses} = await auditSet(own);
	expect([right, total]).toEqual([2, 5]);
	expect(misses.map(each => each.case)).toEqual(['too few', 'not silent', 'strange']);
});
