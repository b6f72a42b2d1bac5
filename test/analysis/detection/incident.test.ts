import {expect, test} from 'vitest';
import {incidentsOf} from '../../../src/analysis/detection/incident.ts';
import type {Cause} from '../../../src/analysis/diagnosis/cause.ts';
import {type Ref, refText} from '../../../src/core/kube/kube-object.ts';

const ref = (kind: string, name: string): Ref => ({apiVersion: 'v1', kind, namespace: 'shop', name});
const cause = (id: Cause['id'], resource: Ref, more: Partial<Cause> = {}): Cause => ({
	id,
	resource,
	cause: {en: `${id} of ${resource.name}`, ko: ''},
	evidence: [],
	remedies: [],
	...more,
});
const web = ref('Deployment', 'web');
const pod = ref('Pod', 'web-1');
const service = ref('Service', 'web');
const back = ref('Deployment', 'back');

/** back ← web ← Service web; the pod is one of web. */
const joining = {
	changedAt: () => 0,
	dependents: ({kind, name}: Ref) => (name === 'back' ? [web, service] : kind === 'Deployment' ? [service] : []),
	topOf: (each: Ref) => (each.kind === 'Pod' ? web : each),
};
const told = (causes: readonly Cause[]) =>
	incidentsOf(causes, joining).map(
		({cause: {id, resource}, symptoms}) => `${id} ${refText(resource)} ← ${symptoms.map(each => refText(each.resource)).join(', ')}`,
	);

const lost = cause('reference-not-there', web);
const silent = cause('no-ready-pod', service);

test.each<[string, readonly Cause[], readonly string[]]>([
	['what leans on the cause shows it', [silent, lost], ['reference-not-there Deployment shop/web ← Service shop/web']],
	[
		'a pod shows what is wrong with its workload',
		[cause('cause-not-found', pod), lost],
		['reference-not-there Deployment shop/web ← Pod shop/web-1'],
	],
	[
		'of two causes the nearer one explains',
		[cause('reference-not-there', back), lost, silent],
		['reference-not-there Deployment shop/web ← Service shop/web', 'reference-not-there Deployment shop/back ← '],
	],
	[
		'what will only hurt later explains nothing from afar',
		[{...lost, severity: 'medium'}, silent],
		['no-ready-pod Service shop/web ← ', 'reference-not-there Deployment shop/web ← '],
	],
	[
		'what its analyzer says that it hurts is explained all the same',
		[{...lost, severity: 'medium', hurts: [service]}, silent],
		['reference-not-there Deployment shop/web ← Service shop/web'],
	],
	[
		'a symptom that nothing explains is told alone',
		[silent, cause('reference-not-there', ref('Deployment', 'other'))].slice(0, 1),
		['no-ready-pod Service shop/web ← '],
	],
])('%s', (_, causes, expected) => {
	expect(told(causes)).toEqual(expected);
});

test('tells whom a cause hits, itself left out and nobody twice', () => {
	const [incident] = incidentsOf([{...lost, hurts: [web, service]}], joining);
	expect(incident?.impact.map(refText)).toEqual(['Service shop/web']);
});
