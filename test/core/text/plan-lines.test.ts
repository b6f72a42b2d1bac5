import {expect, test} from 'vitest';
import type {Change, FieldChange} from '../../../src/core/plan.ts';
import {changeLines} from '../../../src/core/text/change-lines.ts';
import {planLines} from '../../../src/core/text/plan-lines.ts';
import {lineText, lineWidth} from '../../../src/core/text/styled.ts';
import {inlineValue, valueLines} from '../../../src/core/text/value-lines.ts';
import {deletionPlan, sampleDigest, samplePlan} from '../../../src/tui/sample-plan.ts';

const textOf = (width: number, plan = samplePlan) => planLines(plan, sampleDigest, width).map(lineText).join('\n');

test('says everything of a plan in a pipe without wrapping', () => {
	expect(textOf(Number.POSITIVE_INFINITY)).toMatchInlineSnapshot(`
		"Update shop/web to image 1.43.0 with 5 replicas

		Target  prod, namespace shop, cluster eks-prod-eu
		As      mina@example.com
		Risk    ! medium: 3 ready pods are replaced; the namespace is labelled production
		Undo    ✓ mkcoa undo returns to revision 42
		Plan    3a81e949558a

		Consequences
		  ! Up to 1 pod fewer serves traffic while the update runs
		  - HPA web keeps between 3 and 10 replicas

		Changes to 2 resources
		  update Deployment shop/web
		    spec.replicas: 3 → 5
		      ! owned by kube-controller-manager today
		    spec.template.spec.containers[name=web].image: registry.example/shop/web:1.42.0 → registry.example/shop/web:1.43.0
		    + metadata.annotations["example.com/team"]: 주문팀
		  create PodDisruptionBudget shop/web
		    ! worked out by mkcoa, not by the server: the server does not offer a dry run for it
		    spec
		      + minAvailable: 2
		      + selector:
		      +   matchLabels:
		      +     app: web

		Steps
		  1. Set image and replicas of Deployment shop/web
		  2. Wait until 5 pods are ready

		Verified by
		  - 5 of 5 pods are ready within 10 minutes
		  - No container restarts in the first minute"
	`);
});

test('says what cannot be undone', () => {
	expect(textOf(80, deletionPlan)).toMatchInlineSnapshot(`
		"Delete PersistentVolumeClaim shop/주문-데이터

		Target  prod, namespace shop, cluster eks-prod-eu
		As      mina@example.com
		Risk    ✗ high: data is lost
		Undo    ✗ cannot be undone: no copy of the data is kept
		Plan    3a81e949558a

		Consequences
		  ✗ The volume and its 20 GiB are deleted: its reclaim policy is Delete

		Changes to 1 resource
		  delete PersistentVolumeClaim shop/주문-데이터

		Steps
		  1. Delete PersistentVolumeClaim shop/주문-데이터

		Verified by
		  - The claim is gone"
	`);
});

test.each([40, 60, 80, 120])('no line is wider than %i columns', width => {
	expect(Math.max(...planLines(samplePlan, sampleDigest, width).map(lineWidth))).toBeLessThanOrEqual(width);
});

test('the worst consequence comes first', () => {
	const consequences = (['info', 'danger', 'warning'] as const).map(severity => ({id: severity, severity, text: `${severity} text`}));
	expect(textOf(80, {...samplePlan, consequences})).toContain('Consequences\n  ✗ danger text\n  ! warning text\n  - info text\n');
});

const fieldText = (field: Partial<FieldChange> & Omit<FieldChange, 'path'>, width = 80) =>
	changeLines(
		{ref: {apiVersion: 'v1', kind: 'Pod', name: 'p'}, operation: 'update', computed: 'server', fields: [{path: ['x'], ...field}]},
		width,
	)
		.map(lineText)
		.join('\n');

test.each<[string, Omit<FieldChange, 'path'>, string]>([
	['a changed value', {operation: 'replace', before: 3, after: 5}, 'x: 3 → 5'],
	['an added value', {operation: 'add', after: true}, '+ x: true'],
	['a removed value', {operation: 'remove', before: 'a'}, '- x: a'],
	['a number that becomes text', {operation: 'replace', before: 5, after: '5'}, 'x: 5 → "5"'],
	['a text that becomes empty', {operation: 'replace', before: 'a', after: ''}, 'x: a → ""'],
	['a null', {operation: 'replace', before: null, after: 1}, 'x: null → 1'],
	['a secret', {operation: 'replace', secret: true}, 'x: another secret value, not shown'],
	['a new secret', {operation: 'add', secret: true}, 'x: a secret value, not shown'],
	['an owned field', {operation: 'replace', before: 1, after: 2, owner: 'argocd'}, 'x: 1 → 2\n  ! owned by argocd today'],
	[
		'a changed line of a long text',
		{operation: 'replace', before: 'a\nb\nc\nd\ne\n', after: 'a\nb\nC\nd\ne\n'},
		'x\n    a\n    b\n  - c\n  + C\n    d\n    e',
	],
])('%s', (_, field, text) => {
	expect(fieldText(field)).toBe(text);
});

test('a reason that the change above has too is not told again, and a deletion names no owners', () => {
	const pod = (name: string): Change => ({
		ref: {apiVersion: 'v1', kind: 'Pod', name},
		operation: 'delete',
		computed: 'local',
		why: 'an eviction is a request',
		fields: [{path: ['x'], operation: 'remove', before: 1, owner: 'kubectl'}],
	});
	const text = planLines({...deletionPlan, changes: [pod('a'), pod('b')]}, sampleDigest, 80)
		.map(lineText)
		.join('\n');
	expect(text).toContain(
		[
			'  delete Pod a',
			'    ! worked out by mkcoa, not by the server: an eviction is a request',
			'    - x: 1',
			'  delete Pod b',
			'    ! worked out by mkcoa, not by the server, as the one above',
			'    - x: 1',
		].join('\n'),
	);
});

test('values too wide for one line stand under each other', () => {
	expect(fieldText({operation: 'replace', before: 'shop/web:1.42.0', after: 'shop/web:1.43.0'}, 24)).toBe(
		'x\n  - shop/web:1.42.0\n  + shop/web:1.43.0',
	);
});

test('a change of the whole object says so', () => {
	expect(fieldText({path: [], operation: 'add', after: 1})).toBe('+ (whole object): 1');
});

test('escapes in a value are shown, not obeyed', () => {
	expect(fieldText({operation: 'add', after: 'a\u001B[31mb\u202Ec'})).toBe('+ x: "a\\u001b[31mb‹U+202E›c"');
});

test('objects and lists are written like YAML', () => {
	expect(valueLines({name: 'web', ports: [{port: 80}, {port: 443}], env: {}, note: 'a\nb'})).toEqual([
		'name: web',
		'ports:',
		'  - port: 80',
		'  - port: 443',
		'env: {}',
		'note: |',
		'  a',
		'  b',
	]);
});

test.each([
	['true', '"true"'],
	['1e3', '"1e3"'],
	[' a', '" a"'],
	['a b', 'a b'],
	[null, 'null'],
	[undefined, 'null'],
])('the value %j is written %s', (value, text) => {
	expect(inlineValue(value)).toBe(text);
});
