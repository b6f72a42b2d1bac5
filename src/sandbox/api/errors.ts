import type {KubeObject} from '../../core/kube/kube-object.ts';
import {type StatusCause, StatusError} from '../status-error.ts';
import {qualifiedName, type Resource} from './resource.ts';

const about = ({group, plural}: Resource, name: string) => ({name, ...(group === '' ? {} : {group}), kind: plural});

export const notFound = (resource: Resource, name: string) =>
	new StatusError(404, 'NotFound', `${qualifiedName(resource)} "${name}" not found`, about(resource, name));

export const alreadyExists = (resource: Resource, {metadata: {name, deletionTimestamp}}: KubeObject) => {
	const going = deletionTimestamp === undefined ? '' : 'object is being deleted: ';
	return new StatusError(409, 'AlreadyExists', `${going}${qualifiedName(resource)} "${name}" already exists`, about(resource, name));
};

export const conflict = (resource: Resource, name: string, why: string) =>
	new StatusError(409, 'Conflict', `Operation cannot be fulfilled on ${qualifiedName(resource)} "${name}": ${why}`, about(resource, name));

export const modifiedSince = (resource: Resource, name: string) =>
	conflict(resource, name, 'the object has been modified; please apply your changes to the latest version and try again');

export const badRequest = (message: string) => new StatusError(400, 'BadRequest', message);

export const forbiddenChange = (resource: Resource, name: string, why: string) =>
	new StatusError(403, 'Forbidden', `${qualifiedName(resource)} "${name}" is forbidden: ${why}`, about(resource, name));

export const methodNotAllowed = () =>
	new StatusError(405, 'MethodNotAllowed', 'the server does not allow this method on the requested resource', {});

export const pathNotFound = () => new StatusError(404, 'NotFound', 'the server could not find the requested resource', {});

/** 422 with one cause per field, worded as the real server does: one problem in line, several in brackets. */
export function invalid({group, kind}: Pick<Resource, 'group' | 'kind'>, name: string, causes: readonly StatusCause[]): StatusError {
	const problems = [...new Set(causes.map(({field, message}) => `${field}: ${message}`))];
	const text = problems.length === 1 ? problems[0] : `[${problems.join(', ')}]`;
	const title = group === '' ? kind : `${kind}.${group}`;
	return new StatusError(422, 'Invalid', `${title} "${name}" is invalid: ${text}`, {
		...(name === '' ? {} : {name}),
		...(group === '' ? {} : {group}),
		kind,
		causes,
	});
}

/** 422 about the query of a request, e.g. `ListOptions`. */
export const invalidOptions = (kind: string, causes: readonly (StatusCause & {readonly field: string})[]) =>
	invalid({group: 'meta.k8s.io', kind}, '', causes);
