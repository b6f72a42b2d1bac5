import {expect, test} from 'vitest';
import type {Expectation} from '../fault-case.ts';
import type {Finding} from './finding.ts';
import {judgeFindings} from './judge-findings.ts';
import {plainPath} from './plain-path.ts';

test.each([
	['spec.ports[http].targetPort', 'spec.ports.targetPort'],
	['spec.ports.0.targetPort', 'spec.ports.targetPort'],
	['/spec/ports/0/targetPort', 'spec.ports.targetPort'],
	['$.spec.ports[0]', 'spec.ports'],
	['spec.hard[requests.cpu]', 'spec.hard'],
	['spec.hard."requests.cpu"', 'spec.hard.requests.cpu'],
	['/metadata/annotations/a~1b', 'metadata.annotations.a/b'],
	['', ''],
])('the path %s is %s', (path, plain) => {
	expect(plainPath(path)).toBe(plain);
});

const service = {kind: 'Service', namespace: 'shop', name: 'web'};
const pod = {kind: 'Pod', namespace: 'shop', name: 'web-1'};
const expectation = {
	cause: {...service, path: 'spec.ports[http].targetPort', paths: ['spec.selector']},
	alsoAccepted: [
		{kind: 'PriorityClass', name: 'gold', paths: []},
		{kind: 'Ingress', namespace: 'shop', name: 'web', path: 'spec.rules[0].host', paths: []},
	],
	symptoms: [
		{kind: 'Pod', namespace: 'shop', name: 'web-*'},
		{kind: 'Deployment', namespace: 'shop', name: '*'},
	],
	bystanders: ['Deployment/status-page'],
	decoy: ['Pod/web-old'],
} as const satisfies Partial<Expectation>;

const found = (object: Omit<Finding, 'severity'>, severity = 'high'): Finding => ({severity, ...object});
const judge = (...findings: readonly Finding[]) => {
	// The rest of an expectation is for the cluster.
	const verdict = judgeFindings(expectation as unknown as Expectation, findings);
	return [
		...(verdict.isRight ? ['right'] : []),
		...(verdict.isPathRight ? ['path'] : []),
		...(verdict.isSymptomFirst ? ['symptom first'] : []),
		...(verdict.isAnywhere ? ['anywhere'] : []),
		...verdict.false.map(({name}) => `not ${name}`),
	].join(' ');
};

test.each([
	['the cause with its path', judge(found({...service, path: 'spec.ports.0.targetPort'})), 'right path anywhere'],
	['its direct parent', judge(found({...service, path: 'spec.ports'})), 'right path anywhere'],
	['a field in it', judge(found({...service, path: 'spec.ports[http].targetPort.name'})), 'right path anywhere'],
	['another path that is right too', judge(found({...service, path: 'spec.selector.app'})), 'right path anywhere'],
	['a parent further up', judge(found({...service, path: 'spec'})), 'right path anywhere'],
	['no path', judge(found(service)), 'right anywhere'],
	['another field', judge(found({...service, path: 'metadata.labels'})), 'right anywhere'],
	['what is accepted too, cluster-wide', judge(found({kind: 'PriorityClass', name: 'gold'})), 'right anywhere'],
	['what is accepted too, with its field', judge(found({...service, kind: 'Ingress', path: 'spec.rules[a].host'})), 'right path anywhere'],
	['what is accepted too, with another', judge(found({...service, kind: 'Ingress', path: 'spec.tls'})), 'right anywhere'],
	['the same name elsewhere', judge(found({...service, namespace: 'bank'})), 'not web'],
	['a symptom first', judge(found(pod), found(service)), 'symptom first anywhere'],
	['a symptom of low severity first', judge(found(pod, 'low'), found(service)), 'right anywhere'],
	['the cause, then a symptom', judge(found(service), found(pod)), 'right anywhere'],
	[
		'a bystander that a symptom covers',
		judge(found(service), found({...pod, kind: 'Deployment', name: 'status-page'})),
		'right anywhere not status-page',
	],
	['a decoy that a symptom covers', judge(found(service), found({...pod, name: 'web-old'})), 'right anywhere not web-old'],
	['something else', judge(found(service), found({kind: 'Node', name: 'node-0'}, 'medium')), 'right anywhere not node-0'],
	['something else of low severity', judge(found({kind: 'Node', name: 'node-0'}, 'low')), ''],
	['an unknown severity', judge(found({kind: 'Node', name: 'node-0'}, 'odd')), 'not node-0'],
	['nothing', judge(), ''],
])('%s', (_what, judged, verdict) => {
	expect(judged).toBe(verdict);
});
