import {canonicalJson} from '../../../core/json.ts';
import type {Tools} from '../controller.ts';
import {controllerOf, controllerReference} from '../owners.ts';
import {safeHash} from '../seeded-random.ts';
import type {DaemonSet, StatefulSet} from '../shapes.ts';

/** The name of the template's revision; a ControllerRevision object of that name is made if there is none, as for StatefulSets and DaemonSets. */
export function templateRevision({machine}: Pick<Tools, 'machine'>, owner: StatefulSet | DaemonSet): string {
	const hash = safeHash(canonicalJson(owner.spec.template));
	const name = `${owner.metadata.name}-${hash}`;
	const {namespace} = owner.metadata;
	const found = machine.get('ControllerRevision', namespace, name);
	const all = machine.list('ControllerRevision', namespace).filter(other => controllerOf(other)?.uid === owner.metadata.uid);
	const last = Math.max(0, ...all.map(other => Number(other.revision)));
	const revision = last + 1;
	// A template that comes back is the newest again.
	if (found !== undefined && Number(found.revision) < last) machine.update({...found, revision}, 'kube-controller-manager');
	if (found === undefined) {
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
				data: {spec: {template: {...owner.spec.template, $patch: 'replace'}}},
				revision,
			},
			'kube-controller-manager',
		);
	}
	return name;
}
