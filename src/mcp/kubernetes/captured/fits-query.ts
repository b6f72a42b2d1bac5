import {valueAt} from '../../../core/kube/json-at.ts';
import type {KubeObject} from '../../../core/kube/kube-object.ts';
import {fitsExpression} from '../../../core/kube/selector.ts';
import type {ListQuery} from '../port.ts';

/** Commas outside of brackets part the requirements of a selector. */
const requirements = (selector: string | undefined) =>
	(selector ?? '')
		.split(/,(?![^(]*\))/)
		.map(part => part.trim())
		.filter(part => part !== '');

/** `a=b`, `a!=b`, `a in (b,c)`, `a notin (b)`, `a`, `!a`. */
function fitsLabels(requirement: string, labels: {readonly [key: string]: string}): boolean {
	const [, key = '', word = '', list = ''] = /^(\S+)\s+(in|notin)\s*\(([^)]*)\)$/.exec(requirement) ?? [];
	if (word !== '')
		return fitsExpression({key, operator: word === 'in' ? 'In' : 'NotIn', values: list.split(',').map(each => each.trim())}, labels);
	const [, name = '', operator = '', value = ''] = /^([^=!\s]+)\s*(==?|!=)\s*(.*)$/.exec(requirement) ?? [];
	if (operator !== '') return fitsExpression({key: name, operator: operator === '!=' ? 'NotIn' : 'In', values: [value]}, labels);
	return requirement.startsWith('!') ? !(requirement.slice(1) in labels) : requirement in labels;
}

function fitsField(requirement: string, object: KubeObject): boolean {
	const [, path = '', operator = '', value = ''] = /^([^=!\s]+)\s*(==?|!=)\s*(.*)$/.exec(requirement) ?? [];
	return (String(valueAt(object, ...path.split('.')) ?? '') === value) !== (operator === '!=');
}

/** Whether an object is among those that a list asks for, as an API server tells it. */
export const fitsQuery = (object: KubeObject, {namespace, labelSelector, fieldSelector}: Omit<ListQuery, 'type'>): boolean =>
	(namespace === undefined || object.metadata.namespace === namespace) &&
	requirements(labelSelector).every(each => fitsLabels(each, object.metadata.labels ?? {})) &&
	requirements(fieldSelector).every(each => fitsField(each, object));
