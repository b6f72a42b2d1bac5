import type {KubeObject} from '../../../core/kube/kube-object.ts';
import {fitsSelector} from '../../../core/kube/selector.ts';
import type {Tools} from '../controller.ts';
import {controllerOf, controllerReference} from '../owners.ts';
import type {LabelSelector} from '../pod-shapes.ts';

const manager = 'kube-controller-manager';

type Owner = KubeObject & {readonly spec: {readonly selector: LabelSelector}};

/** Makes the owner the controller of those that fit its selector and have none, and lets those go that no longer fit. */
export function claim({machine}: Pick<Tools, 'machine'>, owner: Owner, mine: readonly KubeObject[], nobodys: readonly KubeObject[]): void {
	if (owner.metadata.deletionTimestamp !== undefined) return;
	const fits = ({metadata}: KubeObject) =>
		metadata.namespace === owner.metadata.namespace && fitsSelector(owner.spec.selector, metadata.labels);
	for (const object of mine) if (!fits(object)) machine.update(withOwners(object, ownersBut(object, owner)), manager);
	for (const object of nobodys) {
		if (!fits(object) || object.metadata.deletionTimestamp !== undefined || controllerOf(object) !== undefined) continue;
		machine.update(withOwners(object, [...(object.metadata.ownerReferences ?? []), controllerReference(owner)]), manager);
	}
}

type Owners = NonNullable<KubeObject['metadata']['ownerReferences']>;

const ownersBut = ({metadata}: KubeObject, owner: KubeObject): Owners =>
	(metadata.ownerReferences ?? []).filter(({uid}) => uid !== owner.metadata.uid);

function withOwners(object: KubeObject, ownerReferences: Owners): KubeObject {
	const {ownerReferences: _, ...metadata} = object.metadata;
	return {...object, metadata: ownerReferences.length === 0 ? metadata : {...metadata, ownerReferences}};
}
