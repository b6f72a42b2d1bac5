import {MkcoaError} from '../../core/error.ts';
import type {Called} from '../../tui/chat/chat-commands.ts';
import type {Destination} from './screen.ts';

/** Where a command of the conversation leads. @throws MkcoaError for one that lacks its name, or opens no screen */
export function placeOf({name, argument}: Called): Destination {
	switch (name) {
		case 'home':
			return {screen: 'home'};
		case 'rollout':
			return {screen: 'rollout', ...rolloutNamed(argument)};
		case 'findings':
			return {screen: 'findings'};
		case 'incident':
			if (argument !== '') return {screen: 'incident', about: argument};
			throw new MkcoaError({
				kind: 'usage',
				code: 'no-name',
				what: '/incident names nothing',
				next: 'Say about what: /incident web, or /incident shop/web',
			});
		case 'history':
			return {screen: 'history', ...(argument === '' ? {} : {id: argument})};
		default:
			throw new MkcoaError({kind: 'usage', code: 'no-such-screen', what: `/${name} opens no screen`, next: 'See /help'});
	}
}

const kindWords = ['deployment', 'deploy', 'statefulset', 'sts', 'daemonset', 'ds', 'rollout', 'canary'];

/** `web`, `web -n shop`, `shop/web`, `statefulset/db`. @throws MkcoaError where no name is given */
function rolloutNamed(argument: string): {readonly name: string; readonly namespace?: string} {
	const [, word = '', namespace] = /^(\S+)(?:\s+(?:-n|--namespace|in)\s+(\S+))?$/.exec(argument.trim()) ?? [];
	if (word === '')
		throw new MkcoaError({
			kind: 'usage',
			code: 'no-name',
			what: 'Which rollout is meant?',
			next: 'Name its workload: /rollout NAME [-n NAMESPACE]',
		});
	const [first = '', rest] = word.split('/');
	const isPlace = rest !== undefined && namespace === undefined && !kindWords.includes(first.toLowerCase()) && !first.includes('.');
	if (isPlace) return {name: rest, namespace: first};
	return {name: word, ...(namespace === undefined ? {} : {namespace})};
}
