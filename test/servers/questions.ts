import type {Question} from './request.ts';

/** The value at a path, or undefined. */
export const at = (body: unknown, ...path: readonly (string | number)[]): unknown =>
	path.reduce<unknown>((value, key) => (typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined), body);

const typed = (type: string) => (path: string, body: unknown) =>
	({method: 'PATCH', path, body, headers: {'content-type': type}}) satisfies Question;
export const post = (path: string, body: unknown) => ({method: 'POST', path, body}) satisfies Question;
export const put = (path: string, body: unknown) => ({method: 'PUT', path, body}) satisfies Question;
export const erase = (path: string, body?: unknown) => ({method: 'DELETE', path, ...(body === undefined ? {} : {body})}) satisfies Question;
export const mergePatch = typed('application/merge-patch+json');
export const strategicPatch = typed('application/strategic-merge-patch+json');
export const jsonPatch = typed('application/json-patch+json');
export const apply = typed('application/apply-patch+yaml');

export const table = {accept: 'application/json;as=Table;v=v1;g=meta.k8s.io'};
