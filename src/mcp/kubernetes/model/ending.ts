import type {KubeObject} from '../../../core/kube/kube-object.ts';
import {conditionOf} from './conditions.ts';
import {wordAt} from './fields.ts';
import {plainLine} from './untrusted-text.ts';

/** Conditions in which the namespace controller says what it could not take away, the most telling first. */
const remains = [
	'NamespaceFinalizersRemaining',
	'NamespaceContentRemaining',
	'NamespaceDeletionContentFailure',
	'NamespaceDeletionDiscoveryFailure',
];

/** Who or what keeps an object that is to go: its finalizers, or what is left in a namespace. Empty where nothing does. */
export function keptBy(object: KubeObject): readonly string[] {
	const finalizers = object.metadata.finalizers ?? [];
	if (object.kind !== 'Namespace') return finalizers;
	const told = remains.map(type => conditionOf(object, type)).find(condition => condition?.status === 'True');
	return told === undefined ? finalizers : [...finalizers, plainLine(wordAt(told, 'message'))];
}

/** `is being deleted; it waits for example.org/hold` */
export const endingWords = (keepers: readonly string[]) =>
	`is being deleted${keepers.length === 0 ? '' : `; it waits for ${keepers.join(', ')}`}`;

/** The same of an object; undefined for one that stays. */
export const endingText = (object: KubeObject): string | undefined =>
	object.metadata.deletionTimestamp === undefined ? undefined : endingWords(keptBy(object));
