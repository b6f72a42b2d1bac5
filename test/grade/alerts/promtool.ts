import {execFileSync} from 'node:child_process';
import {existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {delimiter, join} from 'node:path';
import {stringify} from 'yaml';
import type {RuleGroup} from '../../../src/analysis/alert-rules/rule.ts';
import {binaryPath} from '../../cluster/binaries.ts';

/** The program of the cluster's build, else the one on the PATH; undefined where there is neither. */
const pathOf = (name: 'promtool' | 'amtool'): string | undefined =>
	[binaryPath(name), ...(process.env.PATH ?? '').split(delimiter).map(folder => join(folder, name))].find(file => existsSync(file));

/** The program that checks and tests rules. */
export const promtoolPath = () => pathOf('promtool');

/** The program that checks configurations of Alertmanager. */
export const amtoolPath = () => pathOf('amtool');

/** What promtool found wrong in a group of tests, by the group's name; a group that passed is not there. */
export type Failures = ReadonlyMap<string, string>;

/**
 * Runs `promtool test rules` on a document with `tests`, against rules that are written beside it. Needs promtool 3, whose report for
 * machines says of each group how it went.
 * @throws where promtool cannot read the document or the rules, with its words
 */
export function promtoolTests(promtool: string, groups: readonly RuleGroup[], document: object): Failures {
	return inFolder(folder => {
		writeFileSync(join(folder, 'rules.yaml'), stringify({groups}));
		writeFileSync(join(folder, 'test.yaml'), stringify({...document, rule_files: ['rules.yaml']}));
		const report = join(folder, 'report.xml');
		const said = run(promtool, ['test', 'rules', `--junit=${report}`, join(folder, 'test.yaml')]);
		const xml = existsSync(report) ? readFileSync(report, 'utf8') : '';
		const cases = [...xml.matchAll(/<testcase name="([^"]*)"[^>]*>([\s\S]*?)<\/testcase>/g)];
		if (cases.length === 0) throw new Error(`promtool could not test the rules: ${said}`);
		return new Map(cases.flatMap(([, name = '', inside = '']) => (inside === '' ? [] : [[unescaped(name), unescaped(inside)]])));
	});
}

/** What `promtool check rules` complains of, its lints included; undefined where it is content. */
export const promtoolComplaint = (promtool: string, groups: readonly RuleGroup[]): string | undefined =>
	inFolder(folder => {
		writeFileSync(join(folder, 'rules.yaml'), stringify({groups}));
		return run(promtool, ['check', 'rules', '--lint=all', '--lint-fatal', join(folder, 'rules.yaml')]);
	});

/** What `amtool check-config` complains of; undefined where it is content. */
export const amtoolComplaint = (amtool: string, config: object): string | undefined =>
	inFolder(folder => {
		writeFileSync(join(folder, 'alertmanager.yaml'), stringify(config));
		return run(amtool, ['check-config', join(folder, 'alertmanager.yaml')]);
	});

/** Undefined where the program ended with 0, else what it said. */
function run(file: string, args: readonly string[]): string | undefined {
	try {
		execFileSync(file, args, {encoding: 'utf8', stdio: 'pipe'});
		return undefined;
	} catch (error) {
		const {stdout = '', stderr = ''} = error as {stdout?: string; stderr?: string};
		return `${stdout}${stderr}`;
	}
}

function inFolder<Result>(use: (folder: string) => Result): Result {
	const folder = mkdtempSync(join(tmpdir(), 'mkcoa-promtool-'));
	try {
		return use(folder);
	} finally {
		rmSync(folder, {recursive: true, force: true});
	}
}

const entities: Readonly<Record<string, string>> = {
	amp: '&',
	lt: '<',
	gt: '>',
	quot: '"',
	'#34': '"',
	'#39': "'",
	'#xA': '\n',
	'#x9': '\t',
};
const unescaped = (xml: string) => xml.replace(/<[^>]*>/g, '').replace(/&([^;]+);/g, (whole, name: string) => entities[name] ?? whole);
