import {existsSync, readFileSync} from 'node:fs';
import {fileURLToPath} from 'node:url';
import {expect, test} from 'vitest';
import {parseAllDocuments} from 'yaml';
import {checkSet} from '../../../src/analysis/coherence/check-set.ts';
import type {KubeObject} from '../../../src/core/kube/kube-object.ts';

const folder = `${process.env.MKCOA_SHARED ?? fileURLToPath(new URL('../../../../shared', import.meta.url))}/data/faults`;
const isHere = existsSync(folder);

const objectsOf = (name: string, file: string): readonly KubeObject[] =>
	parseAllDocuments(readFileSync(`${folder}/${name}/${file}.yaml`, 'utf8')).flatMap(document => document.toJS() ?? []);

const keyOf = ({kind, metadata}: KubeObject) => `${kind} ${metadata.namespace}/${metadata.name}`;

/** Failures above low of a set that stands alone in its namespace. */
const grave = (set: readonly KubeObject[], namespace: string) =>
	checkSet(set, {namespace, objects: [], scrapers: [], unread: new Map([['nodes', 'nobody looks at nodes here']])})
		.filter(({status, severity}) => status === 'fail' && ['high', 'critical'].includes(severity))
		.map(({id}) => id);

test.runIf(isHere).each([
	['configmap-key-missing', 'references-exist'],
	['hpa-target-missing', 'autoscaler-finds-target'],
	['netpol-egress-without-dns', 'dns-allowed'],
	['pvc-class-missing', 'storage-class-exists'],
	['quota-refuses-pods', 'quota-has-room'],
	['svc-targetport-name', 'service-reaches-pods'],
])('%s: the manifests are coherent before, and %s fails after', (name, id) => {
	const base = objectsOf(name, 'base');
	const injected = objectsOf(name, 'inject');
	const changed = new Set(injected.map(keyOf));
	const namespace: string = JSON.parse(readFileSync(`${folder}/${name}/expect.json`, 'utf8')).namespace;
	expect(grave(base, namespace)).toEqual([]);
	expect(grave([...base.filter(object => !changed.has(keyOf(object))), ...injected], namespace)).toEqual([id]);
});
