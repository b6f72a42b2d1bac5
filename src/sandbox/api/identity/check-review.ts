import type {Json, JsonObject} from '../../../core/json.ts';
import {listAt, objectAt, textAt, valueAt} from '../../../core/kube/json-at.ts';
import {StatusError} from '../../status-error.ts';
import {badRequest} from '../errors.ts';

/**
 * Refuses a question about rights that cannot be answered: 422 in the words of the server's validation, which leave out the kind.
 * @param namespace of the path
 */
export function checkReview(review: JsonObject, namespace: string | undefined): void {
	if (review.kind === 'SelfSubjectRulesReview') {
		if ((textAt(review, 'spec', 'namespace') ?? '') === '') throw badRequest('no namespace on request');
		return;
	}
	if (review.kind === 'SelfSubjectReview') return;
	const spec = objectAt(review, 'spec');
	const [resource, path] = [valueAt(spec, 'resourceAttributes'), valueAt(spec, 'nonResourceAttributes')];
	if (resource !== undefined && path !== undefined) {
		throw wrong('spec.nonResourceAttributes', goAttributes(path), 'cannot be specified in combination with resourceAttributes');
	}
	if (resource === undefined && path === undefined) {
		throw wrong('spec.resourceAttributes', 'null', 'exactly one of nonResourceAttributes or resourceAttributes must be specified');
	}
	if (review.kind === 'SelfSubjectAccessReview') return;
	if ((textAt(spec, 'user') ?? '') === '' && listAt(spec, 'groups').length === 0) {
		throw wrong('spec.user', '""', 'at least one of user or group must be specified');
	}
	const asked = textAt(spec, 'resourceAttributes', 'namespace') ?? '';
	if (review.kind === 'LocalSubjectAccessReview' && asked !== namespace) {
		throw wrong('spec.resourceAttributes.namespace', JSON.stringify(asked), 'must match metadata.namespace');
	}
}

const goAttributes = (path: Json) => JSON.stringify({Path: textAt(path, 'path') ?? '', Verb: textAt(path, 'verb') ?? ''});

function wrong(field: string, value: string, why: string): StatusError {
	const message = `Invalid value: ${value}: ${why}`;
	return new StatusError(422, 'Invalid', `.authorization.k8s.io "" is invalid: ${field}: ${message}`, {
		group: 'authorization.k8s.io',
		causes: [{reason: 'FieldValueInvalid', message, field}],
	});
}
