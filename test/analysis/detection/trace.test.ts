import {expect, test} from 'vitest';
import {detect} from '../../../src/analysis/detection/detect.ts';
import {surveyOf} from '../../../src/analysis/detection/survey.ts';
import {traceOf} from '../../../src/analysis/detection/trace/trace.ts';
import type {KubeObject} from '../../../src/core/kube/kube-object.ts';
import {thing} from '../../support/router-world.ts';

const nowMs = Date.parse('2026-01-01T12:00:00Z');
const earlier = '2026-01-01T10:00:00Z';
const old = (object: KubeObject): KubeObject => ({...object, metadata: {...object.metadata, creationTimestamp: earlier}});

const deployment = (name: string, ready: number, more: object = {}) =>
	old(
		thing('Deployment', `shop/${name}`, {
			spec: {
				replicas: 2,
				selector: {matchLabels: {app: name}},
				template: {
					metadata: {labels: {app: name}},
					spec: {containers: [{name, image: `${name}:1`, ports: [{containerPort: 8080}], ...more}]},
				},
			},
			status: {replicas: 2, updatedReplicas: 2, availableReplicas: ready},
		}),
	);

const pods = (name: string, isReady: boolean) =>
	[1, 2].map(index => {
		const made = thing('Pod', `shop/${name}-${index}`, {
			labels: {app: name},
			spec: {containers: [{name, image: `${name}:1`}]},
			status: {phase: 'Running', conditions: [{type: 'Ready', status: isReady ? 'True' : 'False', lastTransitionTime: earlier}]},
		});
		return old(made);
	});

const service = (name: string, app: string) =>
	old(thing('Service', `shop/${name}`, {spec: {selector: {app}, ports: [{port: 80, targetPort: 8080}]}}));

const strict = old(thing('PodDisruptionBudget', 'shop/strict', {spec: {minAvailable: '100%', selector: {matchLabels: {app: 'web'}}}}));
const lacksSettings = {envFrom: [{configMapRef: {name: 'settings'}}]};

const objects = {
	broken: [deployment('web', 0, lacksSettings), ...pods('web', false), service('web', 'web')],
	guarded: [deployment('web', 2), ...pods('web', true), service('web', 'web'), strict],
	misled: [deployment('web', 2), ...pods('web', true), service('web', 'wbe')],
};

function traced(all: readonly KubeObject[], kind: string) {
	const survey = surveyOf({takenAt: new Date(nowMs).toISOString(), objects: all, unread: []});
	const target = survey.find(kind, 'shop', 'web');
	if (target === undefined) throw new Error(`${kind} web is not there`);
	const {signs, roots, beside, well} = traceOf(target, survey, detect(survey));
	const ids = (list: readonly {readonly cause: {readonly id: string}}[]) => list.map(({cause}) => cause.id);
	return {signs: signs.map(({id}) => id), root: ids(roots)[0], beside: ids(beside), well: well.map(({kind: each}) => each)};
}

test.each([
	['a workload that lacks its settings', 'broken', 'Deployment', ['symptom', 'pods-not-ready'], 'reference-not-there'],
	['the Service before it', 'broken', 'Service', ['nobody-answers', 'symptom', 'pods-not-ready'], 'reference-not-there'],
	['a Service that selects nobody', 'misled', 'Service', [], 'selector-fits-no-pod'],
	['a workload that is well', 'guarded', 'Deployment', [], undefined],
] as const)('%s is traced by what shows to what explains it', (_, place, kind, signs, root) => {
	const found = traced(objects[place], kind);
	expect(found.signs).toEqual(signs);
	expect(found.root).toBe(root);
});

test('what could only hurt later explains nothing of what is well: it stands beside it', () => {
	const {beside, well} = traced(objects.guarded, 'Deployment');
	expect(beside).toContain('budget-lets-nobody-go');
	expect(well).toContain('Service');
	expect(well).not.toContain('PodDisruptionBudget');
});
