import {MkcoaError} from '../../../../core/error.ts';
import {type KubeObject, refOf, refText} from '../../../../core/kube/kube-object.ts';
import {someOf} from '../../../../core/text/count.ts';
import {gatewayFit} from './listener-fit.ts';

const refusal = (code: string, what: string, why: string, next: string) => new MkcoaError({kind: 'usage', code, what, why, next});
const nameOf = (gateway: KubeObject) => `${gateway.metadata.namespace}/${gateway.metadata.name}`;

/**
 * The Gateway for a host: the named one, or the only one that would take the route.
 * @param named `[NAMESPACE/]NAME`, of the route's own namespace without one
 * @throws `no-gateway`, `no-such-gateway`, `gateway-refuses`, `which-gateway`
 */
export function chooseGateway(
	gateways: readonly KubeObject[],
	{namespace, host, named}: {readonly namespace: string; readonly host: string | undefined; readonly named: string | undefined},
): KubeObject {
	const path = named === undefined || named.includes('/') ? named : `${namespace}/${named}`;
	const asked = path === undefined ? gateways : gateways.filter(gateway => nameOf(gateway) === path);
	if (gateways.length === 0)
		throw refusal('no-gateway', 'No Gateway is known here', 'an HTTPRoute needs one', 'Make a Gateway, or an Ingress with --via ingress');
	const all = someOf(gateways.map(nameOf), 4);
	if (asked.length === 0) throw refusal('no-such-gateway', `There is no Gateway ${path}`, `there are ${all}`, 'Name one of these');
	const judged = asked.map(gateway => ({gateway, fit: gatewayFit(gateway, namespace, host)}));
	const fitting = judged.filter(({fit}) => fit.fits);
	const [only, ...others] = fitting;
	if (only === undefined) {
		const reasons = judged.map(({gateway, fit}) => `${refText(refOf(gateway))}: ${fit.why}`);
		const next =
			host === undefined ? 'Name a host with --host, or mend its listeners' : 'Use a host that it listens for, or mend its listeners';
		throw refusal(
			'gateway-refuses',
			`No Gateway takes a route of ${namespace}${host === undefined ? '' : ` for ${host}`}`,
			someOf(reasons),
			next,
		);
	}
	if (others.length === 0) return only.gateway;
	const names = someOf(
		fitting.map(({gateway}) => nameOf(gateway)),
		4,
	);
	throw refusal('which-gateway', `${fitting.length} Gateways would take the route`, names, 'Name one with --gateway NAMESPACE/NAME');
}
