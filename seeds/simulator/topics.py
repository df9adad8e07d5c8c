"""The topic tree (domains, branches, leaves) and the words that people use of its nodes."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from seeds.simulator.parameters import Parameters, Size
from seeds.simulator.seen import SeenTopic

# Words are pairs of these: as in real topics, labels of siblings then often share a character.
_CHARACTERS = (
    "读写算说听看想问答练课堂作业评价活动合作探究实验观察图形数据统计几何语言文字音韵诗词故事情境表达思维"
    "方法策略设计目标单元整合资源平台工具信息技术科学自然社会生活心理班级管理家校沟通复式留守节奏旋律色彩"
    "线条体能游戏规则安全健康劳动种植手工阅览拼记忆理解分析综合应用创新反思改进"
)
_WORDS_OF_A_NODE = 6
_NOISE_WORDS = 80


@dataclass(frozen=True, slots=True, eq=False)
class Tree:
    """Topics and words; leaves are counted 0 to n - 1 through all branches of all domains.

    `branch_of` and `domain_of` give a leaf's; `weights` are the shares of needs by leaf and sum to 1.
    """

    topics: tuple[SeenTopic, ...]
    leaf_ids: tuple[str, ...]
    branch_of: NDArray[np.int64]
    domain_of: NDArray[np.int64]
    weights: NDArray[np.float64]
    leaf_words: tuple[tuple[str, ...], ...]
    branch_words: tuple[tuple[str, ...], ...]
    domain_words: tuple[tuple[str, ...], ...]
    noise_words: tuple[str, ...]

    def closeness(self) -> NDArray[np.float64]:
        """Leaf × leaf: 1 the same, 0.5 the same branch, 0.2 the same domain, else 0."""
        near = np.where(self.domain_of[:, None] == self.domain_of[None, :], 0.2, 0.0)
        near[self.branch_of[:, None] == self.branch_of[None, :]] = 0.5
        np.fill_diagonal(near, 1.0)
        return near


def make_tree(size: Size, rng: np.random.Generator) -> Tree:
    """A tree of `size`, its words drawn from `rng`."""
    branches = size.domains * size.branches
    leaves = branches * size.leaves
    nodes = size.domains + branches + leaves
    words = _draw_words(nodes * _WORDS_OF_A_NODE + _NOISE_WORDS, rng)
    of_node = tuple(tuple(words[at * _WORDS_OF_A_NODE : (at + 1) * _WORDS_OF_A_NODE]) for at in range(nodes))
    domain_words, branch_words = of_node[: size.domains], of_node[size.domains : size.domains + branches]
    leaf_words = of_node[size.domains + branches :]
    topics = (
        *(SeenTopic(f"t-{at}", "".join(each[:2]), None) for at, each in enumerate(domain_words)),
        *(
            SeenTopic(_branch_id(at, size), "".join(each[:2]), f"t-{at // size.branches}")
            for at, each in enumerate(branch_words)
        ),
        *(
            SeenTopic(_leaf_id(at, size), "".join(each[:2]), _branch_id(at // size.leaves, size))
            for at, each in enumerate(leaf_words)
        ),
    )
    branch_of = np.arange(leaves) // size.leaves
    return Tree(
        topics=topics,
        leaf_ids=tuple(_leaf_id(at, size) for at in range(leaves)),
        branch_of=branch_of,
        domain_of=branch_of // size.branches,
        weights=rng.dirichlet(np.full(leaves, 2.0)),
        leaf_words=leaf_words,
        branch_words=branch_words,
        domain_words=domain_words,
        noise_words=tuple(words[nodes * _WORDS_OF_A_NODE :]),
    )


def write_text(tree: Tree, leaves: list[int], parameters: Parameters, rng: np.random.Generator) -> str:
    """Words of `leaves` (at least one), of their branches and domains, and noise, parted by spaces."""
    p = parameters
    shares = [p.text_leaf, p.text_branch, p.text_domain]
    kinds = rng.choice(4, size=rng.integers(p.text_fewest, p.text_most + 1), p=[*shares, 1 - sum(shares)])
    written: list[str] = []
    for kind in kinds:
        leaf = leaves[rng.integers(len(leaves))]
        stock = (
            tree.leaf_words[leaf],
            tree.branch_words[tree.branch_of[leaf]],
            tree.domain_words[tree.domain_of[leaf]],
            tree.noise_words,
        )[kind]
        written.append(stock[rng.integers(len(stock))])
    return " ".join(written)


def _draw_words(count: int, rng: np.random.Generator) -> list[str]:
    """Different words of two characters."""
    characters = sorted(set(_CHARACTERS))
    picked = rng.choice(len(characters) ** 2, size=count, replace=False)
    return [characters[at // len(characters)] + characters[at % len(characters)] for at in picked]


def _branch_id(at: int, size: Size) -> str:
    return f"t-{at // size.branches}-{at % size.branches}"


def _leaf_id(at: int, size: Size) -> str:
    return f"{_branch_id(at // size.leaves, size)}-{at % size.leaves}"
