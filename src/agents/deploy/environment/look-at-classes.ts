import {valueAt} from '../../../core/kube/json-at.ts';
import type {KubeObject} from '../../../core/kube/kube-object.ts';
import {wordAt} from '../../../mcp/kubernetes/model/fields.ts';
import {plainLine} from '../../../mcp/kubernetes/model/untrusted-text.ts';
import type {Cluster} from '../../../mcp/kubernetes/port.ts';
import {type Look, type Part, type Remark, readFor} from './look.ts';

const isMarked = ({metadata}: KubeObject, annotation: string) => metadata.annotations?.[annotation] === 'true';
const part = (topic: string, {metadata}: KubeObject, ...details: readonly string[]): Part => ({
	topic,
	name: plainLine(metadata.name, 100),
	detail: plainLine(details.filter(detail => detail !== '').join(', '), 160),
});

/** Ways in: classes of Ingress and Gateway. */
export async function lookAtWaysIn(cluster: Cluster): Promise<Look> {
	const [ingress, gateway] = await Promise.all([
		readFor(cluster, 'Ingress classes', ['ingressclasses.networking.k8s.io']),
		readFor(cluster, 'Gateway classes', ['gatewayclasses.gateway.networking.k8s.io']),
	]);
	const usual = 'ingressclass.kubernetes.io/is-default-class';
	return {
		parts: [
			...ingress.objects.map(each =>
				part('ingress class', each, wordAt(each, 'spec', 'controller'), isMarked(each, usual) ? 'default' : ''),
			),
			...gateway.objects.map(each => part('gateway class', each, wordAt(each, 'spec', 'controllerName'))),
		],
		unseen: [...ingress.unseen, ...gateway.unseen],
	};
}

const defaultClass = 'storageclass.kubernetes.io/is-default-class';

/** Storage: what classes there are, and whether one is taken where a claim names none. */
export async function lookAtStorage(cluster: Cluster): Promise<Look> {
	const {objects, unseen} = await readFor(cluster, 'storage classes', ['storageclasses.storage.k8s.io']);
	const defaults = objects.filter(each => isMarked(each, defaultClass)).map(({metadata}) => metadata.name);
	const remark = (cause: string, fix: string): Remark => ({
		id: 'default-storage-class',
		severity: 'medium',
		object: 'StorageClass',
		cause,
		fix,
	});
	return {
		parts: objects.map(each =>
			part(
				'storage class',
				each,
				wordAt(each, 'provisioner'),
				isMarked(each, defaultClass) ? 'default' : '',
				wordAt(each, 'volumeBindingMode') === 'WaitForFirstConsumer' ? 'made where the pod is' : '',
				valueAt(each, 'allowVolumeExpansion') === true ? 'can grow' : 'cannot grow',
			),
		),
		remarks: [
			...(unseen.length === 0 && defaults.length === 0
				? [
						remark(
							'none is the default, so a claim that names none waits for ever',
							`Name a class in each claim, or annotate one with ${defaultClass}: "true"`,
						),
					]
				: []),
			...(defaults.length > 1
				? [remark(`${defaults.join(' and ')} are both the default: the newest is taken`, 'Leave the annotation on one')]
				: []),
		],
		unseen,
	};
}
