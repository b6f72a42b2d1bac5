import {BlockList, isIP} from 'node:net';
import {MkcoaError} from '../../core/error.ts';
import {hostOf, isLoopback} from '../../core/loopback.ts';

type Subnet = readonly [network: string, bits: number];

/**
 * Where credentials of the machine or its neighbours on the link answer whoever asks, and what is no address of a server at all.
 * Metadata services: 169.254.169.254 (AWS, Google, Azure), fd00:ec2::254 (AWS), fd20:ce::254 (Google), 100.100.100.200 (Alibaba),
 * 192.0.0.192 (Oracle), 168.63.129.16 (Azure); 64:ff9b::/96 writes IPv4 addresses in IPv6 ones.
 */
const forbidden: readonly Subnet[] = [
	['0.0.0.0', 8],
	['169.254.0.0', 16],
	['100.100.100.200', 32],
	['192.0.0.192', 32],
	['168.63.129.16', 32],
	['224.0.0.0', 4],
	['255.255.255.255', 32],
	['::', 128],
	['fe80::', 10],
	['ff00::', 8],
	['fd00:ec2::', 32],
	['fd20:ce::254', 128],
	['64:ff9b::a9fe:0', 112],
	['64:ff9b::6464:64c8', 128],
];

const loopback: readonly Subnet[] = [
	['127.0.0.0', 8],
	['::1', 128],
];

function listOf(subnets: readonly Subnet[]): BlockList {
	const list = new BlockList();
	for (const [network, bits] of subnets) list.addSubnet(network, bits, isIP(network) === 6 ? 'ipv6' : 'ipv4');
	return list;
}

const [forbiddenList, loopbackList] = [listOf(forbidden), listOf(loopback)];
const holds = (list: BlockList, address: string) => list.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4');

/** Which addresses requests for one server may go to. */
export type AddressGuard = {
	/** @throws MkcoaError `address-not-allowed` for a scheme, or an address that stands in the URL itself */
	readonly checkUrl: (url: URL) => void;
	/** Whether a name may lead there. */
	readonly allows: (address: string) => boolean;
};

/** @param server as the person gave it: only one on this machine may lead to this machine */
export function addressGuard(server: URL): AddressGuard {
	const staysHere = isLoopback(server);
	const allows = (address: string) => !holds(forbiddenList, address) && (staysHere || !holds(loopbackList, address));
	return {
		allows,
		checkUrl(url) {
			const host = hostOf(url);
			const isHere = isLoopback(url);
			if (url.protocol !== 'https:' && !(url.protocol === 'http:' && isHere && staysHere))
				throw notAllowed(url, 'only https is encrypted; http is for servers on this machine', 'Give an address that begins with https://');
			if (url.username !== '' || url.password !== '')
				throw notAllowed(url, 'a name or a password stands in it', 'Leave it out: the server is asked how to sign in');
			const isForbidden = isIP(host) === 0 ? isHere && !staysHere : !allows(host);
			if (isForbidden) throw notAllowed(url, forbiddenWhy, 'Give the address of an MCP server');
		},
	};
}

export const forbiddenWhy = 'addresses of this machine, its link and metadata services are closed to servers from elsewhere';

const notAllowed = ({protocol, host}: URL, why: string, next: string) =>
	new MkcoaError({kind: 'usage', code: 'address-not-allowed', what: `${protocol}//${host} is not asked`, why, next});
