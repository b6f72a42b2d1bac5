const systems =
	'HDFS Hadoop Spark Zookeeper BGL HPC Thunderbird Windows Linux Android HealthApp Apache Proxifier OpenSSH OpenStack Mac'.split(' ');

const row = (figures: string): ReadonlyMap<string, number> =>
	new Map(figures.split(' ').map((figure, index) => [systems[index] ?? '', Number(figure)]));

/** Grouping accuracies on LogHub-2k from the pages of logparser: each is told the header, sees the message part, and has settings for each system. */
export const publishedAccuracies: {readonly [parser: string]: ReadonlyMap<string, number>} = {
	Brain: row('.9975 .949 .9975 .9875 .986 .945 .971 .997 .996 .9605 1 1 1 1 1 .942'),
	Drain: row('.9975 .9475 .92 .9665 .9625 .887 .955 .997 .69 .911 .78 1 .5265 .7875 .7325 .7865'),
};
