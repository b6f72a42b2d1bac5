import {type Grant, grantsFor, grantsReaching, holderText, identityOf, rulesOfRoles} from '../../../../analysis/access/grants.ts';
import {missingFrom} from '../../../../analysis/access/rule-cover.ts';
import {requestText} from '../../../../analysis/access/rule-text.ts';
import {masters} from '../../../../analysis/access/who-may.ts';
import {MkcoaError} from '../../../../core/error.ts';
import type {Json} from '../../../../core/json.ts';
import {refOf, refText} from '../../../../core/kube/kube-object.ts';
import {count} from '../../../../core/text/count.ts';
import {demandWords, holderIn, roleIn} from '../words.ts';
import {type Answering, type Asked, placeText, type Rights, rightsOf} from './asked.ts';

type Side = {readonly text: string; readonly rules: readonly Json[]};

const inPlace = (grants: readonly Grant[], place: string | undefined) =>
	grants.filter(({namespace}) => namespace === undefined || namespace === place).flatMap(({rules}) => rules ?? []);

/** A role by its name, or what reaches somebody in a place. */
function sideOf(word: string, {cluster, namespace, groups}: Asked, {objects, grants, unread}: Rights): Side {
	const role = roleIn(word);
	if (role === undefined) {
		const holder = holderIn(word, grants, namespace ?? cluster.namespace);
		if (holder.name === masters || groups.includes(masters))
			return {
				text: `Group ${masters}`,
				rules: [
					{apiGroups: ['*'], resources: ['*'], verbs: ['*']},
					{nonResourceURLs: ['*'], verbs: ['*']},
				],
			};
		const own = holder.kind === 'Group' ? grantsFor(holder, grants) : grantsReaching(identityOf(holder, groups), grants);
		return {text: `${holderText(holder)} ${placeText(namespace)}`, rules: inPlace(own, namespace)};
	}
	const place = role.kind === 'Role' ? (namespace ?? cluster.namespace) : undefined;
	const found = objects.find(({kind, metadata}) => kind === role.kind && metadata.name === role.name && metadata.namespace === place);
	if (found === undefined) throw noRole(word, place, unread.has(role.kind.toLowerCase()));
	return {text: refText(refOf(found)), rules: rulesOfRoles(objects)(found)};
}

const noRole = (word: string, place: string | undefined, isHidden: boolean) =>
	new MkcoaError({
		...{kind: isHidden ? 'auth' : 'usage', code: isHidden ? 'not-allowed' : 'no-such-role'},
		what: isHidden ? `${word} may not be read` : `There is no ${word}${place === undefined ? '' : ` in namespace ${place}`}`,
		next: isHidden ? 'Ask for the right to list roles' : `See mkcoa k8s list ${word.split('/')[0]}s --all-namespaces`,
	});

/** Whether one side grants all that the other does, and what it lacks. */
export const covers: Answering = async asked => {
	demandWords(
		asked.about,
		2,
		'Name two, each a subject, role/NAME or clusterrole/NAME: mkcoa security access covers clusterrole/admin clusterrole/edit',
	);
	const [a = '', b = ''] = asked.about;
	const rights = await rightsOf(asked);
	const [owner, servant] = [sideOf(a, asked, rights), sideOf(b, asked, rights)];
	const missing = missingFrom(owner.rules, servant.rules);
	return {
		answer:
			missing.length === 0
				? `Yes: ${owner.text} covers ${servant.text}`
				: `No: ${owner.text} lacks ${count(missing.length, 'right')} of ${servant.text}`,
		verdict: missing.length === 0 ? 'yes' : 'no',
		missing: missing.slice(0, asked.limit).map(requestText),
		leftOut: Math.max(0, missing.length - asked.limit),
		notChecked: rights.notChecked,
	};
};
