import {expect, test} from 'vitest';
import {memberClaims} from '../../../src/analysis/detection/analyzers/storage/member-claims.ts';
import {readOnlyMounts} from '../../../src/analysis/detection/analyzers/storage/read-only-mounts.ts';
import {surveyOf} from '../../../src/analysis/detection/survey.ts';
import type {JsonObject} from '../../../src/core/json.ts';
import {object} from '../../support/kube-objects.ts';
import {foundBy} from './found-in.ts';
import {ago, detected, runs, workload} from './running.ts';

const minutes = (count: number) => new Date(Date.parse('2026-05-01T12:00:00Z') - count * 60_000).toISOString();
/** Shortly before the look of `detected`. */
const lately = ago(5);
const members = (spec: JsonObject, changed = minutes(5)) => {
	const [set] = workload(runs(), {
		kind: 'StatefulSet',
		replicas: 2,
		spec: {volumeClaimTemplates: [{metadata: {name: 'data'}}], ...spec},
		metadata: {
			creationTimestamp: minutes(9000),
			managedFields:
				changed !== ''
					? [
							{
								manager: 'pipeline',
								operation: 'Apply',
								time: changed,
								fieldsV1: {'f:spec': {'f:ordinals': {}, 'f:persistentVolumeClaimRetentionPolicy': {}}},
							},
						]
					: [],
		},
		pods: [],
	});
	return set === undefined ? [] : [set];
};
const claim = (name: string, phase = 'Bound') => object('v1', 'PersistentVolumeClaim', name, {status: {phase}});
const first = [claim('data-web-0'), claim('data-web-1')];
const second = [claim('data-web-2'), claim('data-web-3')];
const kept = {persistentVolumeClaimRetentionPolicy: {whenScaled: 'Delete', whenDeleted: 'Retain'}};

test.each([
	[
		'are numbered anew',
		[...members({ordinals: {start: 2}}), ...first, ...second],
		['critical members-numbered-anew StatefulSet/web spec.ordinals.start'],
	],
	['have been numbered so for long', [...members({ordinals: {start: 2}}, ''), ...first, ...second], []],
	['have no claims of before', [...members({ordinals: {start: 2}}), ...second], []],
	['were more once', [...members({ordinals: {start: 0}}), ...first, ...second], []],
	[
		'lose their claims when they go',
		[...members(kept), ...first],
		['medium claims-go-with-members StatefulSet/web spec.persistentVolumeClaimRetentionPolicy.whenScaled'],
	],
	['have lost their claims so for long', [...members(kept, ''), ...first], []],
	['keep their claims', [...members({persistentVolumeClaimRetentionPolicy: {whenScaled: 'Retain'}}), ...first], []],
])('members that %s', (_, objects, found) => {
	expect(foundBy(memberClaims, objects)).toEqual(found);
});

test('members of other numbers are told of once, and by nobody counted back unasked while they have claims', () => {
	const caller = workload(runs({env: [{name: 'LEADER', value: 'http://web-0.web:80'}]}), {name: 'clerk'});
	const headless = object('v1', 'Service', 'web', {spec: {clusterIP: 'None', selector: {app: 'web'}, ports: [{port: 80}]}});
	const found = detected(members({serviceName: 'web', ordinals: {start: 2}}, lately), [headless, ...first, ...second], caller);
	expect(found.filter(({told}) => told.includes('numbered-anew') || told.includes('member-name'))).toEqual([
		expect.objectContaining({
			told: 'critical members-numbered-anew StatefulSet/web spec.ordinals.start',
			what: 'choice replace ordinals/start=0',
		}),
	]);
});

const mounted = (readOnly: boolean | undefined) =>
	runs(
		{volumeMounts: [{name: 'd', mountPath: '/var/lib/shop', ...(readOnly === undefined ? {} : {readOnly})}]},
		{volumes: [{name: 'd', persistentVolumeClaim: {claimName: 'd'}}]},
	);
const survey = (objects: Parameters<typeof surveyOf>[0]['objects']) => surveyOf({takenAt: ago(0), objects, unread: []});

test('a claim that nobody may write to since a release', () => {
	const alone = [...workload(mounted(true), {before: mounted(undefined)}), claim('d')];
	const [cause] = readOnlyMounts(survey(alone));
	expect([cause?.id, cause?.path, cause?.remedies.map(({sure}) => sure)]).toEqual([
		'volume-read-only',
		'spec.template.spec.containers[web].volumeMounts[d].readOnly',
		[false],
	]);
	const unready = [...workload(mounted(true), {before: mounted(undefined), pods: [{ready: false}]}), claim('d')];
	expect(readOnlyMounts(survey(unready)).flatMap(({remedies}) => remedies.map(({sure, input}) => [sure, String(input.patch)]))).toEqual([
		[true, expect.stringContaining('"op":"remove","path":"/spec/template/spec/containers/0/volumeMounts/0/readOnly"')],
	]);
});

test('a claim that others write to, or that has always been read', () => {
	const writer = workload(mounted(undefined), {name: 'writer'});
	expect(readOnlyMounts(survey([...workload(mounted(true), {before: mounted(undefined)}), ...writer, claim('d')]))).toEqual([]);
	expect(readOnlyMounts(survey([...workload(mounted(true), {before: mounted(true)}), claim('d')]))).toEqual([]);
});
