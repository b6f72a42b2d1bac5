import {stringify} from 'yaml';

type Names = {readonly [token: string]: {readonly name: string}};

/** A kubeconfig with one context per token, named after its user; the first is current. */
export const kubeconfigFor = (url: string, tokens: Names) => configText(tokens, {server: () => url, user: token => ({token})});

/**
 * The same for kubectl, which sends no token to a server without TLS (clientcmd reads the user only when the transport is secure):
 * there the token is the first part of the path, `/as/TOKEN/api/v1/…`.
 */
export const kubectlConfigFor = (url: string, tokens: Names) =>
	configText(tokens, {server: token => `${url}/as/${encodeURIComponent(token)}`, user: () => ({})});

type Shape = {readonly server: (token: string) => string; readonly user: (token: string) => {readonly token?: string}};

function configText(tokens: Names, {server, user}: Shape): string {
	const people = Object.entries(tokens).map(([token, {name}], index) => ({
		token,
		name,
		context: index === 0 ? 'sandbox' : `sandbox-${name}`,
	}));
	// To compress a list and expand it again takes longer than to hand it over within one machine.
	const within = {'disable-compression': true};
	return stringify({
		apiVersion: 'v1',
		kind: 'Config',
		clusters: people.map(({token, context}) => ({name: context, cluster: {server: server(token), ...within}})),
		users: people.map(({token, name}) => ({name, user: user(token)})),
		contexts: people.map(({name, context}) => ({name: context, context: {cluster: context, user: name, namespace: 'default'}})),
		'current-context': 'sandbox',
	});
}

/** A path and the token in front of it, if there is one. */
export function splitToken(path: string): {readonly path: string; readonly token: string | undefined} {
	const match = /^\/as\/([^/]+)(\/.*|$)/.exec(path);
	return match === null ? {path, token: undefined} : {path: match[2] || '/', token: decodeURIComponent(match[1] ?? '')};
}
