import {isJsonObject} from '../../core/json.ts';
import type {KubeObject} from '../../core/kube/kube-object.ts';
import {generalHealth} from './general-health.ts';
import type {Finding, Health} from './health.ts';
import type {KindRule} from './kind-rule.ts';
import {ruleOf} from './kind-rules.ts';
import {holds} from './rule-test.ts';
import {fill} from './rule-text.ts';

/**
 * How any Kubernetes object does, read from the object alone: by what kinds have in common, and by the few things that are particular to
 * its kind. Never throws, whatever the object lacks.
 */
export function healthOf(live: KubeObject): Health {
	const object = wellFormed(live);
	const rule = ruleOf(object);
	const exception = rule === undefined ? undefined : exceptionOf(rule, object);
	if (exception !== undefined) return exception;
	const found = generalHealth(object, rule);
	return {status: found.status, message: rule === undefined ? found.message : sentence(found, rule, object)};
}

/** What came from a file may lack what a server always sends. */
export const wellFormed = (live: KubeObject): KubeObject => ({
	...live,
	apiVersion: typeof live.apiVersion === 'string' ? live.apiVersion : '',
	kind: typeof live.kind === 'string' ? live.kind : '',
	metadata: isJsonObject(live.metadata) ? live.metadata : {name: ''},
});

function exceptionOf({when = [], read}: KindRule, object: KubeObject): Health | undefined {
	const [, status, says] = when.find(([test]) => holds(test, object)) ?? [];
	if (status !== undefined && says !== undefined) return {status, message: fill(says, object, {message: ''})};
	const own = read?.(object);
	return own === undefined ? undefined : {status: own.status, message: own.message};
}

/** A kind's own sentence for what it waits for is not filled with the general one. */
function sentence({status, message, from, part}: Finding, {says = {}}: KindRule, object: KubeObject): string {
	const text = says[from] ?? (from === 'deletion' ? undefined : says[status]);
	if (text === undefined) return message;
	return fill(text, object, {
		message: from === 'no-status' || from === 'generation' || from === 'count' || from === 'pause' ? '' : message,
		part,
	});
}
