import {canonicalJson} from '../../../core/json.ts';
import type {KubeObject} from '../../../core/kube/kube-object.ts';
import type {Tools} from '../controller.ts';
import {controllerOf, controllerReference} from '../owners.ts';
import {safeHash} from '../seeded-random.ts';
import type {DaemonSet, StatefulSet} from '../shapes.ts';
import {claim} from './adoption.ts';

/**
 * The name of the template's revision, as for StatefulSets and DaemonSets: of one that holds this template, or of a new ControllerRevision. Orphans
 * that fit the selector become the owner's first.
 */
export function templateRevision({machine}: Pick<Tools, 'machine'>, owner: StatefulSet | DaemonSet): string {
	const {namespace, name: ownerName} = owner.metadata;
	const ownRevisions = () => machine.list('ControllerRevision', namespace).filter(isOf(owner));
	const orphans = machine.list('ControllerRevision', namespace).filter(other => controllerOf(other) === undefined);
	if (orphans.length > 0) claim({machine}, owner, ownRevisions(), orphans);
	const data = {spec: {template: {...owner.spec.template, $patch: 'replace'}}};
	const all = ownRevisions();
	const found = all.find(other => canonicalJson(other.data ?? null) === canonicalJson(data));
	const last = Math.max(0, ...all.map(other => Number(other.revision)));
	const revision = last + 1;
	// A template that comes back is the newest again.
	if (found !== undefined && Number(found.revision) < last) machine.update({...found, revision}, 'kube-controller-manager');
	if (found !== undefined) return found.metadata.name;
	const hash = safeHash(canonicalJson(owner.spec.template));
	const name = `${ownerName}-${hash}`;
	machine.create(
		{
			apiVersion: 'apps/v1',
			kind: 'ControllerRevision',
			metadata: {
				name,
				namespace,
				labels: {...owner.spec.template.metadata?.labels, 'controller-revision-hash': hash},
				ownerReferences: [controllerReference(owner)],
			},
			data,
			revision,
		},
		'kube-controller-manager',
	);
	return name;
}

const isOf = (owner: KubeObject) => (object: KubeObject) => controllerOf(object)?.uid === owner.metadata.uid;
