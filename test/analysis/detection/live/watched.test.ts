import {expect, test} from 'vitest';
import type {Alert} from '../../../../src/analysis/alerts/alert.ts';
import type {Incident} from '../../../../src/analysis/detection/incident.ts';
import {joinAlerts} from '../../../../src/analysis/detection/live/watched.ts';
import {surveyOf} from '../../../../src/analysis/detection/survey.ts';
import type {Ref} from '../../../../src/core/kube/kube-object.ts';

const ref = (kind: string, name: string): Ref => ({apiVersion: 'v1', kind, namespace: 'shop', name});
const incident = (name: string, impact: readonly Ref[] = []): Incident => ({
	key: `crashes:Deployment/shop/${name}`,
	family: 'pod',
	severity: 'high',
	cause: {
		id: 'crashes',
		resource: {...ref('Deployment', name), apiVersion: 'apps/v1'},
		cause: {en: '', ko: ''},
		evidence: [],
		remedies: [],
	},
	symptoms: [],
	impact,
});
const alert = (kind: string, name: string): Alert => ({
	source: 'alertmanager',
	id: name,
	name: 'Down',
	severity: 'medium',
	summary: '',
	state: 'firing',
	objects: [{kind, namespace: 'shop', name}],
});
const owned = (kind: string, name: string, owner: string) => ({
	apiVersion: 'v1',
	kind,
	metadata: {
		name,
		namespace: 'shop',
		ownerReferences: [{apiVersion: 'apps/v1', kind: 'Deployment', name: owner, uid: '1', controller: true}],
	},
});
const survey = surveyOf({
	takenAt: '2026-01-01T00:00:00Z',
	objects: [owned('Pod', 'web-1', 'web'), {apiVersion: 'apps/v1', kind: 'Deployment', metadata: {name: 'web', namespace: 'shop'}}],
	unread: [],
});

test.each<readonly [string, readonly Incident[], Alert, readonly string[]]>([
	['by its resource', [incident('api'), incident('web')], alert('Deployment', 'web'), ['', 'Down']],
	['by what owns the object of the alert', [incident('web')], alert('Pod', 'web-1'), ['Down']],
	['by what it hits', [incident('web', [ref('Service', 'web')])], alert('Service', 'web'), ['Down']],
	['to the nearest', [incident('api', [ref('Deployment', 'web')]), incident('web')], alert('Deployment', 'web'), ['', 'Down']],
	['to none, and stands alone', [incident('web')], alert('Service', 'other'), ['', 'Down']],
])('joins an alert %s', (_, incidents, given, alerts) => {
	expect(joinAlerts(incidents, [given], survey).map(each => each.alerts.map(({name}) => name).join())).toEqual(alerts);
});

test('names an alert that stands alone by its source and id, with its own severity', () => {
	expect(joinAlerts([], [alert('Service', 'other')], survey)).toMatchObject([{key: 'alert-only:alertmanager/other', severity: 'medium'}]);
});
