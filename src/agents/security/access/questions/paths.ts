import {pathsToAdmin} from '../../../../analysis/access/climb/climb.ts';
import {estateOf} from '../../../../analysis/access/climb/estate.ts';
import {type Grant, holderText} from '../../../../analysis/access/grants.ts';
import {refText} from '../../../../core/kube/kube-object.ts';
import {count} from '../../../../core/text/count.ts';
import {readGround} from '../read-access.ts';
import {holderIn} from '../words.ts';
import {type Answering, otherAuthorizers, rightsOf} from './asked.ts';
import {isOwn} from './who.ts';

const grantText = ({binding, role}: Grant) => `${refText(binding)} (${refText(role)})`;

/** Who can become cluster-admin, and by which chain of grants. */
export const paths: Answering = async asked => {
	const {about, cluster, signal, namespace, system, limit} = asked;
	const [rights, ground] = await Promise.all([rightsOf(asked), readGround({cluster, signal})]);
	const all = pathsToAdmin(estateOf([...rights.objects, ...ground.objects]));
	const [word] = about;
	const only = word === undefined ? undefined : holderText(holderIn(word, rights.grants, namespace ?? cluster.namespace));
	const wanted = all.filter(({holder}) => (only === undefined ? system || !isOwn({holder}) : holderText(holder) === only));
	const there = wanted.filter(({isThere}) => isThere).length;
	const climbing = wanted.length - there;
	const own = only === undefined ? all.length - wanted.length : 0;
	const beside = own === 0 ? '' : `, beside ${count(own, 'account')} of Kubernetes itself`;
	return {
		answer:
			only === undefined
				? `${count(there, 'subject')} ${there === 1 ? 'is' : 'are'} as good as cluster-admin, ${climbing} more can become it${beside}`
				: wanted.length === 0
					? `No way was found from ${only} to cluster-admin`
					: `${only} ${there > 0 ? 'is as good as cluster-admin' : 'can become cluster-admin'}`,
		...(only === undefined ? {} : {verdict: wanted.length === 0 ? ('no' as const) : ('yes' as const)}),
		paths: wanted.slice(0, limit).map(({holder, steps, isThere}) => ({
			holder: holderText(holder),
			isAdmin: isThere,
			steps: steps.map(({from, to, how, by, assumes}) => ({
				...{from, to, how, by: by.map(grantText)},
				...(assumes === undefined ? {} : {assumes}),
			})),
		})),
		leftOut: Math.max(0, wanted.length - limit),
		notChecked: [...rights.notChecked, ...ground.notChecked, otherAuthorizers],
	};
};
