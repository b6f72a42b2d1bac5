import type {KubeObject} from '../../../../core/kube/kube-object.ts';
import {isCopyOf} from '../../traffic/copy/separate-copy.ts';

/** The annotation of a copy of a Deployment that shares the labels of the stable pods, and so their requests. */
export const isSharingCopy = ({metadata: {annotations = {}}}: KubeObject, {metadata: {name}}: KubeObject): boolean =>
	['canary', 'baseline'].some(track => annotations[`mkcoa.dev/${track}-of`] === name);

/** That annotation, or the label of a copy that stands apart. */
export function isMarked(object: KubeObject, deployment: KubeObject): boolean {
	const {labels = {}} = object.metadata;
	const ours = labels['app.kubernetes.io/managed-by'] === 'mkcoa';
	return (ours && isCopyOf(labels, deployment.metadata.name)) || isSharingCopy(object, deployment);
}

/** Whether anything on an object says that mkcoa made it. */
export const bearsOurMark = ({metadata: {labels = {}, annotations = {}}}: KubeObject): boolean =>
	labels['app.kubernetes.io/managed-by'] === 'mkcoa' || Object.keys({...labels, ...annotations}).some(key => key.startsWith('mkcoa.dev/'));
