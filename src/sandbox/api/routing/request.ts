import type {User} from '../identity/authenticate.ts';

/** A request after the HTTP layer, with its sender known. */
export type ApiRequest = {
	readonly method: string;
	readonly path: string;
	readonly query: URLSearchParams;
	readonly headers: {readonly [name: string]: string | readonly string[] | undefined};
	readonly body: string;
	readonly user: User;
};

export const header = ({headers}: Pick<ApiRequest, 'headers'>, name: string): string => {
	const value = headers[name];
	return typeof value === 'string' ? value : (value?.[0] ?? '');
};
