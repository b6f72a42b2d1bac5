/** An IPv4 address as a number; undefined for anything else. */
export function addressNumber(address: string): number | undefined {
	const parts = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/.exec(address)?.slice(1).map(Number);
	return parts === undefined || parts.some(part => part > 255) ? undefined : parts.reduce((sum, part) => sum * 256 + part, 0);
}

/** The number of an address as people write it. */
export const addressText = (value: number) => [24, 16, 8, 0].map(shift => Math.floor(value / 2 ** shift) % 256).join('.');

/** Addresses that share their first `length` bits. */
export type Block = {readonly first: number; readonly size: number; readonly length: number};

/** The block of so many bits that holds an address. */
export function blockAround(address: number, length: number): Block {
	const size = 2 ** (32 - length);
	return {first: Math.floor(address / size) * size, size, length};
}

/** `10.96.0.0/16`, or a lone address; undefined for anything else. */
export function blockOf(cidr: string): Block | undefined {
	const [address = '', digits = '32'] = cidr.split('/');
	const [value, length] = [addressNumber(address), Number(digits)];
	return value === undefined || !(length >= 0 && length <= 32) ? undefined : blockAround(value, length);
}

export const holds = ({first, size}: Block, address: number) => address >= first && address < first + size;

export const blockText = ({first, length}: Block) => `${addressText(first)}/${length}`;

/** Whether a block in its written form takes an address in; what cannot be read takes in none. */
export function isWithin(cidr: string | undefined, address: number): boolean {
	const block = cidr === undefined ? undefined : blockOf(cidr);
	return block !== undefined && holds(block, address);
}

/** Networks of companies and of the cluster itself: RFC 1918 and RFC 6598. */
export const privateNetworks = ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', '100.64.0.0/10'];

/** Whether a block is one of such a network. */
export function isPrivate(cidr: string): boolean {
	const block = blockOf(cidr);
	return block !== undefined && privateNetworks.some(network => isWithin(network, block.first));
}
