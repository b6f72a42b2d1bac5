import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import * as z from 'zod';
import {allRules} from '../../../src/analysis/audit-log/all-rules.ts';
import {readAuditEvent} from '../../../src/analysis/audit-log/audit-event.ts';
import {type AuditSettings, usualSettings} from '../../../src/analysis/audit-log/rule.ts';
import {makeThreatJudge} from '../../../src/analysis/audit-log/threat-judge.ts';
import {isMiss, rowsNamed, tryCase} from '../case-files.ts';
import type {Grade, Miss} from '../grade-set.ts';
import {foreignRules, isMade, pointerRule, showsPointer} from './foreign-rules.ts';

const texts = z.array(z.string());
const settingsSchema = z.object({
	allowUsers: texts.optional(),
	allowNamespaces: texts.optional(),
	allowNodes: texts.nullish(),
	fullAdmins: texts.optional(),
	onlyImages: texts.nullish(),
	trustImages: texts.optional(),
	activityRules: z.boolean().optional(),
	sensitivePaths: texts.optional(),
	credentialWords: texts.optional(),
	onlyRules: texts.optional(),
});
type Settings = z.output<typeof settingsSchema>;

const caseRow = z.object({
	case: z.string(),
	trace: z.string(),
	detect: z.boolean(),
	counts: z.record(z.string(), z.number()).default({}),
	settings: settingsSchema.default({}),
});
const rulesFile = z.object({defaults: settingsSchema.default({}), rules: z.array(z.object({rule: z.string()})).default([])});
type RulesFile = z.output<typeof rulesFile>;
const noRules: RulesFile = {defaults: {}, rules: []};

/** Whoever names users or namespaces adds to the defaults; everything else is in their place. */
function settingsOf(defaults: Settings, own: Settings): AuditSettings {
	const all = {...defaults, ...own};
	return {
		knownUsers: [...(defaults.allowUsers ?? []), ...(own.allowUsers ?? [])],
		knownNamespaces: [...(defaults.allowNamespaces ?? []), ...(own.allowNamespaces ?? [])],
		knownNodes: all.allowNodes ?? undefined,
		fullAdmins: all.fullAdmins,
		allowedImages: all.onlyImages ?? undefined,
		trustedImages: all.trustImages ?? [],
		sensitivePaths: all.sensitivePaths ?? usualSettings.sensitivePaths,
		credentialWords: all.credentialWords ?? usualSettings.credentialWords,
		tellsOrdinary: true,
	};
}

/** How often each rule fires in a trace: those that the set knows, or all where it does not say. */
function countsOf(trace: string, {defaults, rules}: RulesFile, own: Settings): {readonly [rule: string]: number} {
	const known = new Set(rules.map(({rule}) => rule));
	const judge = makeThreatJudge({rules: allRules, sequences: [], settings: settingsOf(defaults, own)});
	const hasActivity = own.activityRules ?? defaults.activityRules ?? true;
	const counts: {[rule: string]: number} = {};
	const count = (rule: string) => {
		if (own.onlyRules?.includes(rule) === false) return;
		counts[rule] = (counts[rule] ?? 0) + 1;
	};
	for (const line of readFileSync(trace, 'utf8').split('\n')) {
		if (line.trim() === '') continue;
		const json: unknown = JSON.parse(line);
		const event = readAuditEvent(json);
		if (event === undefined) throw new Error(`${trace} holds a line that is no audit event`);
		if (own.onlyRules?.includes(pointerRule) && event.stage === 'ResponseComplete' && showsPointer(event, json as object))
			count(pointerRule);
		const hits = judge.hear(event);
		for (const [name, {detection, resources, isActivity, tells}] of Object.entries(foreignRules)) {
			if ((isActivity && !hasActivity) || (known.size > 0 && !known.has(name))) continue;
			const met = hits.filter(
				hit => hit.detection === detection && (resources?.includes(hit.resource) ?? true) && isMade(hit) && (tells?.(hit, event) ?? true),
			);
			for (const _ of met) count(name);
		}
	}
	return counts;
}

const countsText = (counts: {readonly [rule: string]: number}) =>
	Object.entries(counts)
		.map(([rule, times]) => `${rule} ${times}×`)
		.join(', ') || 'nothing';

/** Reads `index.json` files of rows `{case, trace, detect, counts, settings}`, and the defaults of `rules.json` beside them. */
export function auditSet(folder: string): Grade {
	const rulesOf = new Map(rowsNamed(folder, 'rules.json').map(({from, row}) => [from, rulesFile.parse(row)]));
	const answers = rowsNamed(folder, 'index.json').map(({from, at, row}): {readonly detect: boolean; readonly miss?: Miss} | Miss => {
		const name = caseRow.safeParse(row).data?.case ?? at;
		return tryCase(name, () => {
			const known = caseRow.parse(row);
			const strange = Object.keys(known.counts).filter(rule => rule !== pointerRule && foreignRules[rule] === undefined);
			if (strange.length > 0) throw new Error(`no detection stands for ${strange.join(', ')}`);
			const got = countsOf(join(from, known.trace), rulesOf.get(from) ?? noRules, known.settings);
			const isRight = known.detect
				? Object.entries(known.counts).every(([rule, times]) => (got[rule] ?? 0) === times)
				: Object.keys(got).length === 0;
			return {
				detect: known.detect,
				...(isRight ? {} : {miss: {case: name, expected: countsText(known.counts), got: countsText(got)}}),
			};
		});
	});
	const unread = answers.filter(isMiss);
	const read = answers.filter((each): each is Exclude<typeof each, Miss> => !isMiss(each));
	const part = (detect: boolean) => {
		const some = read.filter(each => each.detect === detect);
		return {right: some.filter(({miss}) => miss === undefined).length, total: some.length};
	};
	return {
		right: part(true).right + part(false).right,
		total: answers.length,
		by: {verdict: {fires: part(true), 'stays silent': part(false)}},
		misses: [...read.flatMap(({miss}) => (miss === undefined ? [] : [miss])), ...unread],
		published: {'Falco, its own tests': 'all'},
	};
}
