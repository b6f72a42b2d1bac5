import type {Hosting} from './hosting.ts';

/** The token as git itself takes it from its environment: on no command line, and for this one server. */
export function signIn(remote: string, hosting: Hosting | undefined): {readonly [name: string]: string} {
	const url = URL.parse(remote);
	if (hosting === undefined || url === null || url.protocol !== 'https:' || url.password !== '') return {};
	const user = hosting.kind === 'github' ? 'x-access-token' : 'oauth2';
	const basic = Buffer.from(`${user}:${hosting.token}`).toString('base64');
	return {
		GIT_CONFIG_COUNT: '1',
		GIT_CONFIG_KEY_0: `http.${url.origin}/.extraHeader`,
		GIT_CONFIG_VALUE_0: `Authorization: Basic ${basic}`,
	};
}
