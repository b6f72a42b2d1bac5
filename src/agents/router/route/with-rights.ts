import type {Clause} from '../clause.ts';
import {kindsIn} from '../names/kinds-in.ts';
import type {Understanding} from '../understanding.ts';
import type {Unread, World} from '../world.ts';

/** Kinds without which nothing can be said of what runs, the first to ask for. */
const core = ['Deployment', 'Pod'];
const mostNamed = 4;

/**
 * What was understood, by somebody who may not see everything: what cannot be told is not told as missing. A question or an answer about kinds that may
 * not be listed anywhere becomes the right to ask for; one about kinds that were seen in one namespace says so.
 */
export function withRights(understood: Understanding, request: Clause, world: Pick<World, 'namespace' | 'unread'>): Understanding {
	if (understood.kind === 'calls' || understood.kind === 'refusal') return understood;
	const said = saidIn(request);
	const isMeant = ({kind}: Unread) => said.has(kind) || (kind !== 'Namespace' && request.text.toLowerCase().includes(kind.toLowerCase()));
	const unread = coreFirst(world.unread());
	const [hidden, here] = [unread.filter(({seen}) => seen === 'nowhere'), unread.filter(({seen}) => seen === 'here')];
	const meant = hidden.filter(isMeant);
	if (meant.length > 0) return {kind: 'refusal', why: rightsTo(meant, request)};
	if (said.size === 0 && hidden.some(({kind}) => core.includes(kind))) return {kind: 'refusal', why: rightsTo(hidden, request)};
	const elsewhere = here.filter(each => said.size === 0 || isMeant(each));
	if (elsewhere.length === 0) return understood;
	const text = `${onlyHere(elsewhere, request, world.namespace)}${understood.kind === 'answer' ? '\n\n' : ' '}${understood.text}`;
	return {...understood, text};
}

/** `in the namespace shop` says a place, and no kind. */
function saidIn(request: Clause): ReadonlySet<string> {
	const kinds = new Set(kindsIn(request).map(({kind}) => kind));
	if (!/\bnamespaces\b|네임스페이스(?:들|가|는|를|\s*목록|\s*몇)/i.test(request.text)) kinds.delete('Namespace');
	return kinds;
}

function coreFirst(unread: readonly Unread[]): readonly Unread[] {
	const place = ({kind}: Unread) => (core.includes(kind) ? core.indexOf(kind) : core.length);
	return unread.toSorted((a, b) => place(a) - place(b));
}

/** The first of them; how many more there are is told. */
function listed(names: readonly string[], {language}: Clause): string {
	const more = names.length - mostNamed;
	const first = names.slice(0, mostNamed).join(', ');
	if (more <= 0) return first;
	return language === 'ko' ? `${first} 외 ${more}개` : `${first} and ${more} more`;
}

function rightsTo(hidden: readonly Unread[], request: Clause): string {
	const kinds = listed(
		hidden.map(({kind}) => kind),
		request,
	);
	const resources = listed(
		hidden.map(({resource}) => resource),
		request,
	);
	return request.language === 'ko'
		? `${kinds}의 목록을 볼 권한이 없어서 무엇이 있는지 알 수 없습니다. ${resources}에 대한 list 권한을 가진 역할을 요청하세요. 할 수 있는 일은 mkcoa k8s permissions로 볼 수 있습니다.`
		: `You may not list ${kinds}, so what is there cannot be told. Ask for a role that allows list on ${resources}; mkcoa k8s permissions shows what you may do.`;
}

function onlyHere(here: readonly Unread[], request: Clause, namespace: string): string {
	const kinds = listed(
		here.map(({kind}) => kind),
		request,
	);
	return request.language === 'ko'
		? `${namespace} 네임스페이스만 확인했습니다. 다른 네임스페이스의 ${kinds} 목록을 볼 권한이 없습니다. -n으로 다른 네임스페이스를 볼 수 있습니다.`
		: `Only namespace ${namespace} was looked at: you may not list ${kinds} elsewhere. Use -n for another namespace.`;
}
