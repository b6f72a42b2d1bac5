import {textAt} from '../../core/kube/json-at.ts';
import type {Survey} from './survey.ts';

/** Whether a cluster has an API of one of these domains, `cilium.io` say: its resources, or those that are served for it. */
export function hasApiOf(survey: Survey, domains: readonly string[]): boolean {
	const groups = ['CustomResourceDefinition', 'APIService']
		.flatMap(kind => survey.all(kind))
		.map(each => textAt(each, 'spec', 'group') ?? '');
	return groups.some(group => domains.some(domain => group === domain || group.endsWith(`.${domain}`)));
}
