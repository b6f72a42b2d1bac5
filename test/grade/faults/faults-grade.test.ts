import {expect, test} from 'vitest';
import type {CaseResult} from './case-result.ts';
import {faultsGrade} from './faults-grade.ts';
import type {Finding} from './judging/finding.ts';
import type {Judgement} from './judging/judge-findings.ts';

const service: Finding = {severity: 'high', kind: 'Service', namespace: 'shop', name: 'web', path: 'spec.selector'};
const pod: Finding = {severity: 'medium', kind: 'Pod', namespace: 'shop', name: 'web-1'};
const right: Judgement = {
	isRight: true,
	isPathRight: true,
	wantedPath: 'spec.selector',
	isSymptomFirst: false,
	isAnywhere: true,
	loud: [service],
	false: [],
};
const symptomFirst: Judgement = {...right, isRight: false, isPathRight: false, isSymptomFirst: true, loud: [pod, service]};
const cured = {told: 'done', isChosen: false, left: undefined, harm: []};
const good: CaseResult = {name: 'good', family: 'service', base: {loud: []}, verdict: right, remedy: cured};

const missed = (more: Partial<CaseResult>) =>
	faultsGrade({cases: [{...good, ...more}], quiet: [], unreadable: []}).misses.map(({got}) => got);

test.each<readonly [what: string, more: Partial<CaseResult>, misses: readonly string[]]>([
	['all is right', {}, []],
	['the wrong path is no miss', {verdict: {...right, isPathRight: false}}, []],
	['nothing was found', {verdict: {...right, isRight: false, isAnywhere: false, loud: []}}, ['found nothing']],
	['a symptom came first', {verdict: symptomFirst}, ['first medium Pod shop/web-1, a symptom, the cause later']],
	['something else too', {verdict: {...right, loud: [service, pod], false: [pod]}}, ['wrongly medium Pod shop/web-1']],
	['loud before the fault', {base: {loud: [service]}}, ['before the fault high Service shop/web spec.selector']],
	['it is not cured', {remedy: {...cured, left: '{"target":"web"}'}}, ['not cured by done; left {"target":"web"}']],
	['it does harm', {remedy: {...cured, harm: ['deleted Service/shop/web']}}, ['harm by done: deleted Service/shop/web']],
	['the tool fails', {verdict: {failed: 'incident detect: failed'}, remedy: cured}, ['incident detect: failed']],
	['the case does not work', {verdict: right, broken: 'the fault does not show'}, ['not played: the fault does not show']],
])('%s', (_what, more, misses) => {
	expect(missed(more)).toEqual(misses);
});

test('counts each measure, by family too', () => {
	const {
		right: count,
		total,
		unsafe,
		by,
	} = faultsGrade({
		cases: [
			good,
			{...good, name: 'late', family: 'pod', verdict: symptomFirst, remedy: {...cured, isChosen: true}},
			{
				...good,
				name: 'harmed',
				verdict: {...right, loud: [service, pod], false: [pod]},
				remedy: {...cured, harm: ['scaled down Deployment/shop/web']},
			},
			{name: 'broken', family: 'dns', broken: 'no'},
		],
		quiet: [
			{name: 'calm', loud: []},
			{name: 'noisy', loud: [pod]},
		],
		unreadable: [{name: 'empty', why: 'expect.json: no'}],
	});
	expect({count, total, unsafe}).toEqual({count: 2, total: 7, unsafe: 1});
	expect(by).toEqual({
		measure: {
			cause: {right: 2, total: 4},
			path: {right: 2, total: 4},
			remedied: {right: 2, total: 4},
			'remedied unasked': {right: 1, total: 4},
			precision: {right: 4, total: 5},
			'quiet bases': {right: 3, total: 4},
			'quiet clusters': {right: 1, total: 2},
		},
		'cause by family': {dns: {right: 0, total: 1}, pod: {right: 0, total: 1}, service: {right: 2, total: 2}},
		'path by family': {dns: {right: 0, total: 1}, pod: {right: 0, total: 1}, service: {right: 2, total: 2}},
		'remedied by family': {dns: {right: 0, total: 1}, pod: {right: 1, total: 1}, service: {right: 1, total: 2}},
		'remedied unasked by family': {dns: {right: 0, total: 1}, pod: {right: 0, total: 1}, service: {right: 1, total: 2}},
	});
});

test('says where only the path is another', () => {
	const cases = [{...good, verdict: {...right, isPathRight: false, wantedPath: 'spec.ports'}}];
	expect(faultsGrade({cases, quiet: [], unreadable: []}).notes).toEqual([
		'path of good: expected spec.ports, got high Service shop/web spec.selector',
	]);
});

test('remedies that nobody asked for are not counted', () => {
	const {remedy: _, ...found} = good;
	expect(Object.keys(faultsGrade({cases: [found], quiet: [], unreadable: []}).by ?? {})).toEqual([
		'measure',
		'cause by family',
		'path by family',
	]);
});
