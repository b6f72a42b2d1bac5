import {textAt} from '../../../../core/kube/json-at.ts';
import type {Survey} from '../../survey.ts';

/** The domain that clusters have where nobody chose another. */
export const usualDomain = 'cluster.local';

/** The domain that the DNS of the cluster answers for, as its Corefile says, or else the usual one. */
export function domainOf(survey: Survey): string {
	const corefile = textAt(survey.find('ConfigMap', 'kube-system', 'coredns'), 'data', 'Corefile') ?? '';
	return /^\s*kubernetes\s+([a-z][a-z0-9.-]*[a-z0-9])/m.exec(corefile)?.[1] ?? usualDomain;
}
