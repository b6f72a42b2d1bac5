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

/** What the compiler says of a program that imports mkcoa; `''` when it has nothing to say. */
function compilerSays(body: string): string {
	const file = join(folder, 'program.mts');
	const imports = [
		`import type {Plan} from '${root}src/core/plan.ts';`,
		`import {approve} from '${root}src/core/plan.ts';`,
		`import {workloadScale} from '${root}src/mcp/kubernetes/tools/workload-scale.ts';`,
		`import type {Cluster} from '${root}src/mcp/kubernetes/port.ts';`,
		'type Rest = Parameters<typeof workloadScale.apply> extends [unknown, ...infer Others] ? Others : never;',
		'type Scaled = Parameters<typeof approve<{kind: string; name: string; replicas: number}>>[0];',
	];
	writeFileSync(file, [...imports, body].join('\n'));
	try {
		execFileSync(
			join(root, 'node_modules/.bin/tsc'),
			[...flags, '--typeRoots', join(root, 'node_modules/@types'), '--types', 'node', '--ignoreConfig', file],
			{
				encoding: 'utf8',
				cwd: root,
			},
		);
		return '';
	} catch (error) {
		return error instanceof Error && 'stdout' in error ? String(error.stdout) : String(error);
	}
}

test('an approved plan may be applied', () => {
	expect(
		compilerSays(
			'export const run = (plan: Scaled, rest: Rest) => workloadScale.apply(approve(plan, {digest: "", by: "", how: "review"}), ...rest);',
		),
	).toBe('');
});

test('a plan that nobody approved cannot be applied', () => {
	expect(compilerSays('export const run = (plan: Scaled, rest: Rest) => workloadScale.apply(plan, ...rest);')).toMatch(
		/error TS2345: .*is not assignable to parameter of type 'ApprovedPlan</,
	);
});

test('a plan of one tool cannot be applied by another', () => {
	expect(
		compilerSays(
			'export const run = (plan: Plan<{pod: string}>, rest: Rest) => workloadScale.apply(approve(plan, {digest: "", by: "", how: "review"}), ...rest);',
		),
	).toMatch(/error TS2345/);
});

test('the cluster that planning sees has no method that changes anything', () => {
	const body =
		'export const none: Extract<keyof Cluster, "send" | "apply" | "patch" | "create" | "delete" | "replace" | "evict" | "exec"> = null as never as keyof Cluster;';
	expect(compilerSays(body)).toMatch(/error TS2322: .*is not assignable to type 'never'/);
});
