"""Networks of trade: who holds a country's network of partners together, and what in that is more than size."""

from trade_lib.network.backbones import agreement, backbone, communities, disparity, participation
from trade_lib.network.brokers import brokerage, constraint, effective_size, removal, ties
from trade_lib.network.centrality import betweenness, eigenvector, pagerank, strength
from trade_lib.network.flows import common_countries, flow_matrix, perturb, rewire
from trade_lib.network.pivots import COMPONENTS, NETWORK, measures, rank_draws, ranks, score, top

__all__ = ["COMPONENTS", "NETWORK", "agreement", "backbone", "betweenness", "brokerage", "common_countries",
           "communities", "constraint", "disparity", "effective_size", "eigenvector", "flow_matrix", "measures",
           "pagerank", "participation", "perturb", "rank_draws", "ranks", "removal", "rewire", "score", "strength",
           "ties", "top"]
