import {execFileSync} from 'node:child_process';
import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {afterAll, expect, test} from 'vitest';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'mkcoa-types-'));
afterAll(() => rmSync(folder, {recursive: true, force: true}));

const flags = [
	'--noEmit',
	'--strict',
	'--skipLibCheck',
	'--module',
	'nodenext',
	'--target',
	'es2024',
	'--lib',
	'es2024,esnext',
	'--allowImportingTsExtensions',
];

/** Programs that import mkcoa. */
const programs = {
	approved:
		'export const run = (plan: Scaled, rest: Rest) => workloadScale.apply(approve(plan, {digest: "", by: "", how: "review"}), ...rest);',
	unapproved: 'export const run = (plan: Scaled, rest: Rest) => workloadScale.apply(plan, ...rest);',
	ofAnother:
		'export const run = (plan: Plan<{pod: string}>, rest: Rest) => workloadScale.apply(approve(plan, {digest: "", by: "", how: "review"}), ...rest);',
	changing:
		'export const none: Extract<keyof Cluster, "send" | "apply" | "patch" | "create" | "delete" | "replace" | "evict" | "exec"> = null as never as keyof Cluster;',
};
const imports = [
	`import type {Plan} from '${root}src/core/plan.ts';`,
	`import {approve} from '${root}src/core/plan.ts';`,
	`import {workloadScale} from '${root}src/mcp/kubernetes/tools/workload-scale.ts';`,
	`import type {Cluster} from '${root}src/mcp/kubernetes/port.ts';`,
	'type Rest = Parameters<typeof workloadScale.apply> extends [unknown, ...infer Others] ? Others : never;',
	'type Scaled = Parameters<typeof approve<{kind: string; name: string; replicas: number}>>[0];',
];
const fileOf = (program: string) => join(folder, `${program}.mts`);
for (const [program, body] of Object.entries(programs)) writeFileSync(fileOf(program), [...imports, body].join('\n'));

/** All that the compiler says of them, which it reads together: most of its time goes into mkcoa. */
const said = compilerSays(Object.keys(programs).map(fileOf));

function compilerSays(files: readonly string[]): string {
	const types = ['--typeRoots', join(root, 'node_modules/@types'), '--types', 'node', '--ignoreConfig'];
	try {
		return execFileSync(join(root, 'node_modules/.bin/tsc'), [...flags, ...types, ...files], {encoding: 'utf8', cwd: root});
	} catch (error) {
		return error instanceof Error && 'stdout' in error ? String(error.stdout) : String(error);
	}
}

/** What it says of one; `''` when it has nothing to say. Each says a line, and its reasons below, indented. */
const saidOf = (program: keyof typeof programs) =>
	said
		.split(/\n(?=\S)/)
		.filter(trouble => trouble.includes(`/${program}.mts`))
		.join('\n');

test('the compiler speaks of these programs alone', () => {
	const places = said.split('\n').filter(line => /^\S/.test(line));
	expect(
		places.every(line => /(?:unapproved|ofAnother|changing)\.mts\(\d+,\d+\): error /.test(line)),
		said,
	).toBe(true);
});

test('an approved plan may be applied', () => {
	expect(saidOf('approved')).toBe('');
});

test('a plan that nobody approved cannot be applied', () => {
	expect(saidOf('unapproved')).toMatch(/error TS2345: .*is not assignable to parameter of type 'ApprovedPlan</);
});

test('a plan of one tool cannot be applied by another', () => {
	expect(saidOf('ofAnother')).toMatch(/error TS2345/);
});

test('the cluster that planning sees has no method that changes anything', () => {
	expect(saidOf('changing')).toMatch(/error TS2322: .*is not assignable to type 'never'/);
});
