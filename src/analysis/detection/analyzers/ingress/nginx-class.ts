import {textAt} from '../../../../core/kube/json-at.ts';
import type {KubeObject} from '../../../../core/kube/kube-object.ts';
import type {Survey} from '../../survey.ts';

const oldMark = 'kubernetes.io/ingress.class';

/** Whether ingress-nginx serves an Ingress, as far as its class tells: where nobody says who serves it, its annotations may be left over. */
export function isOfNginx(ingress: KubeObject, survey: Survey): boolean {
	const name = textAt(ingress, 'spec', 'ingressClassName') ?? ingress.metadata.annotations?.[oldMark];
	const found = name === undefined ? undefined : survey.find('IngressClass', undefined, name);
	return found === undefined ? /nginx/.test(name ?? '') : (textAt(found, 'spec', 'controller') ?? '').startsWith('k8s.io/ingress-nginx');
}
